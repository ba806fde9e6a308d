// Keys and addresses of other systems, in words. Pure.
import { monthDay, sayMoment } from '@/core/clock';
import type { Tone } from '@/ui/types';
import type { Hook, Key, Tried } from './types';

export interface Standing {
  tone: Tone;
  shape: string;
  words: string;
}

export const KINDS = [
  { value: 'ticket.opened', label: '有新工单' },
  { value: 'ticket.moved', label: '工单有进展' },
];
const KIND_NAMES: Record<string, string> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind.value, kind.label])),
  trial: '试发',
};

export function sayKind(kind: string): string {
  return KIND_NAMES[kind] ?? kind;
}

export function keyStanding(key: Key): Standing {
  return key.revoked_at
    ? { tone: 'plain', shape: '×', words: '作废了' }
    : { tone: 'ok', shape: '✓', words: '可以用' };
}

export function sayUse(key: Key): string {
  return key.last_used_on ? `${monthDay(key.last_used_on)}用过` : '还没用过';
}

export function hookStanding(hook: Hook): Standing {
  if (hook.stopped_at) return { tone: 'over', shape: '■', words: '停发' };
  if (hook.failures > 0)
    return { tone: 'warn', shape: '◆', words: `连着 ${hook.failures} 次没送到` };
  return { tone: 'ok', shape: '✓', words: '在发' };
}

export function sayLast(hook: Hook): string {
  return hook.last_taken_at ? sayMoment(hook.last_taken_at) : '还没送到过';
}

/** How one try went: the other side's answer is a number, or there was none. */
export function triedStanding(tried: Tried): Standing {
  if (tried.taken) return { tone: 'ok', shape: '✓', words: `收到了（${tried.status ?? ''}）` };
  return tried.status === null
    ? { tone: 'over', shape: '▲', words: '连不上对方' }
    : { tone: 'warn', shape: '◆', words: `对方没收（${tried.status}）` };
}
