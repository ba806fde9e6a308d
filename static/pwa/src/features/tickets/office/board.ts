// What the board says about one line, and which line comes next. Pure.
import { daysBetween, dateOf } from '@/core/clock';
import type { Tone } from '@/ui/types';
import { dueWords } from '../due';
import { usualFirst } from '../order';
import { lookOf } from '../status';
import type { OpenMove } from '../types';
import type { BoardRow } from './types';

export interface Mark {
  tone: Tone;
  shape: string;
  words: string;
}

const OVER = ['closed', 'rejected', 'withdrawn'];
const AT_COMMUNITY = ['submitted', 'accepted', 'reviewed', 'deliberating'];

/** The most pressing thing to know about time, as a word with its shape. */
export function pressing(row: BoardRow): Mark | null {
  if (OVER.includes(row.status)) return null;
  if (row.overdue) return { tone: 'over', shape: '■', words: '超时' };
  if (row.emergency) return { tone: 'over', shape: '▲', words: '应急' };
  if (row.supervised) return { tone: 'warn', shape: '◆', words: '督办' };
  if (row.nearly_due) return { tone: 'warn', shape: '◆', words: '快到时限' };
  return null;
}

/** Until when; without a time to keep, for how long it has been open. */
export function timeOfRow(row: BoardRow, now: Date = new Date()): string {
  if (OVER.includes(row.status)) return '—';
  if (row.due_at) return dueWords(row.due_at, now);
  const today = dateOf(now);
  const days = daysBetween(dateOf(row.created_at), today);
  return days === 0 ? '今天来的' : `第 ${days + 1} 天`;
}

export const statusMark = lookOf;

/** How a ticket stands now and what one may do about it, in a sentence. */
export function nowPossible(ticket: { status_name: string; moves: OpenMove[] }): string {
  const names = usualFirst(ticket.moves).map((move) => move.name);
  const can = names.length > 0 ? `您可以：${names.join('、')}。` : '现在没有您要做的。';
  return `现在是「${ticket.status_name}」，${can}`;
}

/** In whose hands it is. */
export function holder(row: BoardRow): string {
  if (AT_COMMUNITY.includes(row.status)) return '社区';
  if (row.status === 'escalated') return '街道';
  return row.lead_name ?? '—';
}

/** The row `step` lines away from the current one; from nowhere, the first or the last. */
export function neighbour<R extends { id: string }>(
  rows: R[],
  current: string,
  step: 1 | -1,
): R | undefined {
  const at = rows.findIndex((row) => row.id === current);
  if (at < 0) return step > 0 ? rows[0] : rows[rows.length - 1];
  return rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
}
