// When a ticket is due, in words. Pure: the server says the moment and its reasons.
import { sayMoment } from '@/core/clock';
import type { Tone } from '@/ui/types';
import type { TicketClock } from './types';

/** `今天 16:30 前`, or since when it is late. */
export function dueWords(dueAt: string, now: Date = new Date()): string {
  const said = sayMoment(dueAt, now);
  return new Date(dueAt) <= now ? `${said} 到期` : `${said} 前`;
}

const LOOKS: Record<string, { tone: Tone; shape: string; words: string }> = {
  overdue: { tone: 'over', shape: '■', words: '超时' },
  nearly_due: { tone: 'warn', shape: '◆', words: '快到时限' },
  stopped: { tone: 'plain', shape: '‖', words: '暂停' },
};

/** What presses about a clock, if anything does. */
export function lookOfClock(clock: TicketClock) {
  return LOOKS[clock.state] ?? null;
}

/** Those that still run, as the server orders them. */
export function running(clocks: TicketClock[] | undefined): TicketClock[] {
  return (clocks ?? []).filter((clock) => clock.ended_at === null);
}
