// Hours and minutes in words, and what a record of hours is called.
import { monthDay, weekday } from '@/core/clock';
import { nameIn, SERVICE_KIND } from '@/core/labels';
import type { Tone } from '@/ui/types';
import type { Certified, ServiceHours } from './types';

/** `1 小时 40 分钟`, `45 分钟`, `2 小时`. */
export function sayMinutes(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [whole > 0 ? `${String(whole)} 小时` : '', rest > 0 ? `${String(rest)} 分钟` : ''];
  return parts.filter(Boolean).join(' ') || '0 分钟';
}

/** `1.75 小时`: quarters of an hour, as the ledger has them. */
export function sayHours(hours: number): string {
  return `${String(hours)} 小时`;
}

export function sayDay(date: string): string {
  return `${monthDay(date)} ${weekday(date)}`;
}

/** `走访 6 户`, `消防培训（会议培训）`. */
export function sayWork(row: ServiceHours): string {
  const kind = nameIn(SERVICE_KIND, row.kind);
  if (row.content) return `${row.content}（${kind}）`;
  const unit = row.kind === 'visit' ? '户' : '次';
  return row.records > 0 ? `${kind} ${String(row.records)} ${unit}` : kind;
}

export const LOOKS: Record<string, { tone: Tone; shape: string }> = {
  waiting: { tone: 'warn', shape: '◷' },
  confirmed: { tone: 'ok', shape: '✓' },
  sent_back: { tone: 'over', shape: '▲' },
  voided: { tone: 'plain', shape: '✕' },
};

/** `走访 7 次 8.25 小时，会议培训 2 次 4.25 小时`. */
export function sayContent(content: Certified[]): string {
  return content
    .map(({ name, times, hours }) => `${name} ${String(times)} 次 ${hours} 小时`)
    .join('，');
}

/** What the code on a paper holds after the `#`: number and check code. */
export function fromHash(hash: string): { number: string; code: string } {
  const [number = '', code = ''] = decodeURIComponent(hash.replace(/^#/, '')).split('.');
  return { number, code };
}
