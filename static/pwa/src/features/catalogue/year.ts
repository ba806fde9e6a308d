// A year of the calendar in words, and as the file that is imported. Pure but for reading a file.
import { addDays, daysBetween, monthDay, weekday } from '@/core/clock';
import type { CalendarYear, MarkedDay, YearLine } from './types';

const FILE_KIND: Record<string, string> = {
  holiday: '放假',
  weekend: '放假',
  makeup_workday: '调休上班',
  weekday: '上班',
};

export interface Run {
  first: string;
  last: string;
  works: boolean;
  name: string;
}

function works(kind: string): boolean {
  return kind === 'makeup_workday' || kind === 'weekday';
}

/** Days that follow each other and are alike, together. */
export function runsOf(days: MarkedDay[]): Run[] {
  const runs: Run[] = [];
  for (const day of [...days].sort((a, b) => a.date.localeCompare(b.date))) {
    const last = runs.at(-1);
    const goesOn =
      last?.works === works(day.kind) &&
      last.name === day.name &&
      addDays(last.last, 1) === day.date;
    if (last && goesOn) last.last = day.date;
    else runs.push({ first: day.date, last: day.date, works: works(day.kind), name: day.name });
  }
  return runs;
}

/** `10月1日（周四）到10月8日（周四）`. */
export function sayRun(run: Run): string {
  const day = (date: string): string => `${monthDay(date, run.first)}（${weekday(date)}）`;
  return run.first === run.last ? day(run.first) : `${day(run.first)}到${day(run.last)}`;
}

export function lengthOf(run: Run): number {
  return daysBetween(run.first, run.last) + 1;
}

/** The days that a file names and that can be counted by. */
export function daysIn(lines: YearLine[]): MarkedDay[] {
  return lines.flatMap(({ date, kind, name, wrong }) =>
    date && kind && !wrong ? [{ date, kind, name }] : [],
  );
}

/** Where a year is known from. */
export function sayFrom(year: CalendarYear, moment: (at: string) => string): string {
  if (year.imported_at) return `${moment(year.imported_at)}由管理员导入`;
  return year.certain ? '程序自带的国务院放假安排' : '还没有公布，先按周末推算';
}

/** The year as a file that can be changed and imported again; an empty year as an example. */
export function fileOf(year: CalendarYear): string {
  const lines = year.days.map(
    (day) => `${day.date},${FILE_KIND[day.kind] ?? day.kind},${day.name}`,
  );
  const example = [`${String(year.year)}-01-01,放假,元旦`];
  return `\ufeff日期,种类,名称\r\n${(lines.length > 0 ? lines : example).join('\r\n')}\r\n`;
}

/** The text of a file, also of one that was saved by an older spreadsheet program. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
