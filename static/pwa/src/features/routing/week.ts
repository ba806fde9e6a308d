// Shifts in words, and the usual ones. Pure.
import { monthDay } from '@/core/clock';
import type { Instead, Named, Shift, Written } from './types';

const NAMES = ['一', '二', '三', '四', '五', '六', '日'];
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
export const DAYS = NAMES.map((name, day) => ({ value: String(day), label: `周${name}` }));
export const USUAL_DAYS = [
  { value: '0,1,2,3,4,5,6', label: '每天' },
  { value: '0,1,2,3,4', label: '周一到周五' },
  { value: '5,6', label: '周末' },
];
export const USUAL_HOURS = [
  { value: '08:00-20:00', label: '白班 8–20 点' },
  { value: '20:00-08:00', label: '夜班 20–8 点' },
  { value: '09:00-18:00', label: '上班 9–18 点' },
  { value: '00:00-00:00', label: '全天' },
];

export function sayDays(days: number[]): string {
  const usual = USUAL_DAYS.find((one) => one.value === [...days].sort().join(','));
  return usual?.label ?? `周${days.map((day) => NAMES[day] ?? '').join('、')}`;
}

export function sayHours({ from, to }: { from: string; to: string }): string {
  if (from === to) return from === '00:00' ? '全天' : `${from} 到第二天 ${to}`;
  return to < from ? `${from} 到第二天 ${to}` : `${from}–${to}`;
}

export function sayDates({ first, last }: { first: string; last: string }): string {
  return first === last ? monthDay(first) : `${monthDay(first)}到${monthDay(last)}`;
}

export function sayPeople(ids: string[], staff: Named[]): string {
  const names = ids.map((id) => staff.find((one) => one.id === id)?.name ?? '');
  return names.filter(Boolean).join('、') || '没有人';
}

/** By weekday, then by hour: as one reads a list on a wall. */
export function inOrder(week: Shift[]): Shift[] {
  const key = (one: Shift): string => `${[...one.days].sort().join('')} ${one.from}`;
  return [...week].sort((a, b) => key(a).localeCompare(key(b)));
}

export function byDate(instead: Instead[]): Instead[] {
  return [...instead].sort((a, b) => a.first.localeCompare(b.first));
}

/** What is sent of a list: only what was written. */
export function written({ week, instead, always, hotline }: Written): Written {
  return { week, instead, always, hotline };
}

export function halfHours(): string[] {
  return Array.from({ length: 48 }, (_, half) => {
    const hour = String(Math.floor(half / 2)).padStart(2, '0');
    return `${hour}:${half % 2 === 0 ? '00' : '30'}`;
  });
}
