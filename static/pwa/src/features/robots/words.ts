// Group robots, in words. Pure.
import type { Tone } from '@/ui/types';
import type { Robot } from './types';

export const WANTS = [
  { value: 'emergency', label: '应急的事' },
  { value: 'new', label: '新的事' },
  { value: 'overdue', label: '超时的' },
  { value: 'morning', label: '早上报个数' },
];
const NAMES = Object.fromEntries(WANTS.map((one) => [one.value, one.label]));

export function sayWants(robot: Robot): string {
  return robot.wants.map((one) => NAMES[one] ?? one).join('、');
}

export interface Standing {
  tone: Tone;
  shape: string;
  words: string;
}

export function standingOf(robot: Robot): Standing {
  if (robot.stopped_at) return { tone: 'over', shape: '■', words: '停发' };
  if (robot.why) return { tone: 'warn', shape: '◆', words: '上一条没发出去' };
  if (!robot.last_ok_at) return { tone: 'plain', shape: '○', words: '还没发过' };
  return { tone: 'ok', shape: '✓', words: '在发' };
}
