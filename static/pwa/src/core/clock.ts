// Dates and times as people say them, always in Asia/Shanghai. Nothing here decides anything.
const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

const dayParts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
const timeParts = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'short' });

/** `2026-11-26`, the local date of a moment. */
export function dateOf(moment: Date | number | string = new Date()): string {
  return dayParts.format(new Date(moment));
}

/** `18:05`, the local time of a moment. */
export function timeOf(moment: Date | number | string): string {
  return timeParts.format(new Date(moment));
}

function utcDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

export function addDays(date: string, days: number): string {
  return new Date(utcDay(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((utcDay(to) - utcDay(from)) / DAY_MS);
}

export function weekday(date: string): string {
  return WEEKDAYS[new Date(utcDay(date)).getUTCDay()] ?? '';
}

/** `11月26日`, with the year when it is not this one. */
export function monthDay(date: string, today: string = dateOf()): string {
  const [year, month, day] = date.split('-').map(Number);
  const short = `${String(month)}月${String(day)}日`;
  return date.slice(0, 4) === today.slice(0, 4) ? short : `${String(year)}年${short}`;
}

/** 今天, 明天, 昨天, 后天, then the weekday within a week, then the date. */
export function sayDate(date: string, today: string = dateOf()): string {
  const away = daysBetween(today, date);
  const near: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' };
  const word = near[away];
  if (word) return word;
  if (away > 2 && away < 7) return `${weekday(date)}（${monthDay(date, today)}）`;
  return monthDay(date, today);
}

/** `15:12` today, `昨天 16:40`, `11月3日 09:00`. */
export function sayMoment(moment: string, now: Date = new Date()): string {
  const date = dateOf(moment);
  const today = dateOf(now);
  return date === today ? timeOf(moment) : `${sayDate(date, today)} ${timeOf(moment)}`;
}

/** 早上好 … 晚上好, for the greeting line. */
export function greeting(now: Date = new Date()): string {
  const hour = Number(timeOf(now).slice(0, 2));
  if (hour < 11) return '早上好';
  if (hour < 13) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}

/** `11月26日 周四`. */
export function headline(date: string): string {
  return `${monthDay(date)} ${weekday(date)}`;
}

export function sayWindow(window: { from: string; to: string }): string {
  return `${window.from} – ${window.to}`;
}
