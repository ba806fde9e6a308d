// The board as rows, days and what lies in each cell. Pure.
import { addDays, daysBetween } from '@/core/clock';
import type { Named } from '../types';
import type { Board, Day, Other, Stop } from './types';

export type Rows = 'people' | 'buildings';
export type Span = 'week' | 'month';

/** What is dragged: one stop, or (in a month) all stops of an outing. */
export interface Chip {
  key: string;
  ids: string[];
  text: string;
  /** Said in full, for who cannot see it. */
  name: string;
  look: 'ok' | 'warn' | 'over';
  sign: string;
  sent: boolean;
  movable: boolean;
  person: string;
  date: string;
  row: string;
}

/** Chips under one heading: the time, and who goes along. */
export interface Outing {
  key: string;
  head: string;
  chips: Chip[];
}

const SIGNS: Record<string, string> = { proposed: '○', accepted: '✓', done: '●' };
export const LEGEND = '○ 等回话　✓ 答应了　● 走过了　◇ 还没发　▲ 有提醒';

/** The weeks of a month, from Monday on: those of their days that are in it. */
export function weeksOf(days: Day[]): Day[][] {
  const weeks = new Map<string, Day[]>();
  for (const day of days) {
    const since = (new Date(`${day.date}T00:00:00Z`).getUTCDay() + 6) % 7;
    const monday = addDays(day.date, -since);
    weeks.set(monday, [...(weeks.get(monday) ?? []), day]);
  }
  return [...weeks.values()];
}

/** The week in which one begins to look: that of the first day that is still open. */
export function startWeek(weeks: Day[][], first: string): number {
  const found = weeks.findIndex((week) => week.some((day) => day.date >= first));
  return Math.max(found, 0);
}

/** `3栋1单元202` out of `和园一村 3栋1单元202`. */
export function shortDoor(place: string): string {
  return place.slice(place.indexOf(' ') + 1);
}

export function cellKey(row: string, date: string): string {
  return `${row}|${date}`;
}

function lookOf(stops: Stop[]): Chip['look'] {
  const clashes = stops.flatMap((one) => one.clashes);
  if (clashes.some((one) => one.refused)) return 'over';
  return clashes.length > 0 ? 'warn' : 'ok';
}

function signOf(stops: Stop[]): string {
  if (stops.some((one) => one.clashes.length > 0)) return '▲';
  if (stops.some((one) => one.changed)) return '◇';
  const states = new Set(stops.map((one) => one.state ?? ''));
  return states.size === 1 ? (SIGNS[[...states][0] ?? ''] ?? '') : '';
}

function chipOf(stops: Stop[], text: string, row: string, board: Board): Chip {
  const [first] = stops as [Stop, ...Stop[]];
  const warned = stops.flatMap((one) => one.clashes.map((clash) => clash.text));
  return {
    key: stops.map((one) => one.id).join(),
    ids: stops.map((one) => one.id),
    text,
    name: [sayStops(stops, text), sayWho(first, board), ...new Set(warned)].join('，'),
    look: lookOf(stops),
    sign: signOf(stops),
    sent: stops.every((one) => !one.changed),
    movable: first.date >= board.first && stops.every((one) => one.state !== 'done'),
    person: first.people[0] ?? '',
    date: first.date,
    row,
  };
}

/** What is shown is a part of what is said. */
function sayStops(stops: Stop[], text: string): string {
  const [first] = stops as [Stop, ...Stop[]];
  if (stops.length > 1) return `${text} 户`;
  return text === '1' ? `1 户 ${first.place_text}` : first.place_text;
}

export function sayWho(stop: Stop | Other, board: Board): string {
  const names = new Map(board.people.map((one) => [one.id, one.name]));
  return stop.people.map((one) => names.get(one) ?? '别的人').join('、');
}

/** Every cell that has something, by `row|date`. */
export function cellsOf(board: Board, rows: Rows, span: Span): Map<string, Outing[]> {
  const groups = new Map<string, Stop[]>();
  for (const stop of board.stops) add(groups, groupOf(stop, rows), stop);
  const cells = new Map<string, Outing[]>();
  for (const [key, stops] of [...groups.entries()].sort()) {
    const [row = '', date = ''] = key.split('|');
    const chips = chipsOf(stops, row, span, board);
    add(cells, cellKey(row, date), { key, head: headOf(stops, rows, board), chips });
  }
  return cells;
}

function add<T>(lists: Map<string, T[]>, key: string, one: T): void {
  lists.set(key, [...(lists.get(key) ?? []), one]);
}

/** Those who go together at one time are one outing. */
function groupOf(stop: Stop, rows: Rows): string {
  const [lead = '', ...along] = stop.people;
  const [row, who] = rows === 'people' ? [lead, along] : [stop.building_id, stop.people];
  return [row, stop.date, stop.window.from, stop.window.to, who.join()].join('|');
}

function chipsOf(stops: Stop[], row: string, span: Span, board: Board): Chip[] {
  if (span === 'month') return [chipOf(stops, String(stops.length), row, board)];
  return [...stops]
    .sort((a, b) => a.place_text.localeCompare(b.place_text, 'zh', { numeric: true }))
    .map((stop) => chipOf([stop], shortDoor(stop.place_text), row, board));
}

function headOf(stops: Stop[], rows: Rows, board: Board): string {
  const [first] = stops as [Stop, ...Stop[]];
  const shown = rows === 'people' ? { ...first, people: first.people.slice(1) } : first;
  const who = sayWho(shown, board);
  const along = who && rows === 'people' ? `和${who}` : who;
  return [first.window.from, along].filter(Boolean).join(' ');
}

/** Visits that stand for another reason, by `row|date`. */
export function othersOf(board: Board, rows: Rows): Map<string, Other[]> {
  const cells = new Map<string, Other[]>();
  for (const other of board.others) {
    for (const row of rows === 'people' ? other.people : [other.building_id]) {
      add(cells, cellKey(row, other.date), other);
    }
  }
  return cells;
}

export function rowsOf(board: Board, rows: Rows): Named[] {
  return rows === 'people' ? board.people : board.buildings;
}

/** The cell one comes to with an arrow key; the same one at the edge. */
export function step(
  at: { row: number; day: number },
  key: string,
  size: { rows: number; days: number },
): { row: number; day: number } {
  const by: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const [down, right] = by[key] ?? [0, 0];
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most - 1);
  return { row: within(at.row + down, size.rows), day: within(at.day + right, size.days) };
}

/** `12月`, with the year where it is another than today's. */
export function sayMonth(month: string, today: string): string {
  const [year, number] = month.split('-').map(Number);
  const short = `${String(number)}月`;
  return month.slice(0, 4) === today.slice(0, 4) ? short : `${String(year)}年${short}`;
}

/** The months that can be asked for: this one while a day of it is left, and the next three. */
export function monthsFrom(today: string): string[] {
  const first = `${today.slice(0, 7)}-01`;
  const months = [first];
  while (months.length < 4) {
    const next = addDays(months[months.length - 1] ?? first, 32);
    months.push(`${next.slice(0, 7)}-01`);
  }
  return daysBetween(today, months[1] ?? first) > 1 ? months : months.slice(1);
}

/** The month that is planned most often: the next one, also on the last day of this one. */
export function monthToPlan(today: string): string {
  return monthsFrom(today).find((month) => month > today) ?? '';
}
