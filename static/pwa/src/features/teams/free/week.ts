// A person's week as toggles: one for each usual window, its days and its part. Pure.
import { daysBetween, monthDay } from '@/core/clock';
import type { Day, Free, FreeDate, Hours } from './types';

export interface Toggle {
  usual: Free;
  on: boolean;
  days: string[];
  hours: Hours;
}

/** Who has said nothing has every window on: so it is taken, and so it is shown. */
export function togglesOf(usual: Free[], pattern: Free[] | null): Toggle[] {
  return usual.map((one) => {
    const said = pattern === null ? one : pattern.find((free) => free.span === one.span);
    const { from, to } = said ?? one;
    return { usual: one, on: said !== undefined, days: (said ?? one).days, hours: { from, to } };
  });
}

export function patternOf(toggles: Toggle[]): Free[] {
  return toggles
    .filter((one) => one.on)
    .map((one) => ({ span: one.usual.span, days: one.days, ...one.hours }));
}

/** A window goes on with all its days, or off; a day in it is one more or one less. */
export function turned(toggle: Toggle): Toggle {
  const { usual } = toggle;
  if (toggle.on) return { ...toggle, on: false };
  return { usual, on: true, days: usual.days, hours: { from: usual.from, to: usual.to } };
}

export function withDay(toggle: Toggle, day: string): Toggle {
  const has = toggle.days.includes(day);
  const days = toggle.usual.days.filter((one) => (one === day ? !has : toggle.days.includes(one)));
  return days.length === 0
    ? { ...toggle, on: false, days: toggle.usual.days }
    : { ...toggle, days };
}

/** Every half hour of a window: where a part of it may begin and end. */
export function halfHours(whole: Hours): string[] {
  const minutes = (clock: string): number => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return hour * 60 + minute;
  };
  const found: string[] = [];
  for (let at = minutes(whole.from); at <= minutes(whole.to); at += 30) {
    found.push(`${pad(Math.floor(at / 60))}:${pad(at % 60)}`);
  }
  return found;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

export interface Line extends Hours {
  /** What was said of this window on this date: where it was given up, or is one more. */
  said: FreeDate | null;
  off: boolean;
}

/** The windows of a date with those that were given up, in order. */
export function linesOf(day: Day, dates: FreeDate[]): Line[] {
  const of = dates.filter((one) => one.first === day.date && one.window !== null);
  const off = of.filter((one) => one.kind === 'not_then');
  const extra = of.filter((one) => one.kind === 'extra');
  const lines = day.windows.map((window) => ({
    ...window,
    off: false,
    said: extra.find((one) => one.window?.from === window.from) ?? null,
  }));
  const given = off.flatMap((one) => (one.window ? [{ ...one.window, off: true, said: one }] : []));
  return [...lines, ...given].sort((a, b) => a.from.localeCompare(b.from));
}

/** 11月30日 – 12月6日，7 天 */
export function sayAway(date: FreeDate): string {
  const days = daysBetween(date.first, date.last) + 1;
  const until = days > 1 ? ` – ${monthDay(date.last)}，${String(days)} 天` : '';
  return monthDay(date.first) + until;
}
