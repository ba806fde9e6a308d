// Rates in words. Pure.
import type { Option, Tone } from '@/ui/types';
import type { Figure, Measure, RatedTicket, RateRow, Rates } from './types';

export const MEASURES: { key: Measure; name: string; what: string }[] = [
  { key: 'response', name: '响应率', what: '按时接单、受理的' },
  { key: 'resolution', name: '办结率', what: '按时办好、没有退回重办、没有重新办过的' },
  { key: 'satisfaction', name: '满意率', what: '评价了的里面，满意和基本满意的' },
];

export function nameOf(measure: string): string {
  return MEASURES.find((one) => one.key === measure)?.name ?? '';
}

/** `2026年11月` */
export function monthWords(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${year}年${Number(number)}月`;
}

/** What a figure says where it says a share, and plainly why not where it does not. */
export function figureWords(figure: Figure, tooFew: number): string {
  if (figure.base === 0) return '没有';
  if (figure.percent === null) return `少于 ${tooFew} 件，不算`;
  return `${figure.percent}%`;
}

export function partsWords({ hits, base }: Figure): string {
  return base === 0 ? '' : `${base} 件里 ${hits} 件`;
}

/** What stands beside the share: nobody said anything, it is not due yet, it is not counted. */
export function asideWords({ outcomes, excluded }: Figure): string[] {
  const count = (key: string): number => outcomes.find((one) => one.outcome === key)?.count ?? 0;
  return [
    { words: '未评价', number: count('unrated') },
    { words: '不想说', number: count('wont_say') },
    { words: '还没到时限', number: count('open') },
    { words: '不算在内', number: excluded },
  ]
    .filter((one) => one.number > 0)
    .map((one) => `${one.words} ${one.number} 件`);
}

/** One organisation with its months, the latest first; those in the order of the server. */
export interface Line {
  id: string;
  name: string;
  rows: RateRow[];
}

export function linesOf(rates: Rates): Line[] {
  const found = new Map<string, Line>();
  for (const row of rates.items) {
    const id = row.organisation_id ?? 'desk';
    const line = found.get(id) ?? { id, name: row.organisation_name, rows: [] };
    line.rows.push(row);
    found.set(id, line);
  }
  return [...found.values()];
}

export interface Bar {
  month: string;
  percent: number | null;
  words: string;
}

/** The months of a measure from left to right. */
export function barsOf(line: Line, measure: Measure, rates: Rates): Bar[] {
  return [...rates.months].reverse().map((month) => {
    const figure = line.rows.find((row) => row.month === month)?.[measure];
    const words = figure ? figureWords(figure, rates.too_few) : '没有';
    return { month, percent: figure?.percent ?? null, words };
  });
}

const HITS = ['in_time', 'satisfied', 'fairly'];
const MISSES = ['late', 'came_back', 'untrue', 'unsolved', 'unsatisfied'];
const NOT_COUNTED = ['joined', 'rejected', 'withdrawn', 'suspended', 'escalated', 'passed_on'];

/** What a list of tickets can be narrowed to. */
export const SHOWN: Option[] = [
  { value: '', label: '全部' },
  { value: HITS.join(), label: '做到的' },
  { value: MISSES.join(), label: '没做到的' },
  { value: NOT_COUNTED.join(), label: '不算在内' },
  { value: 'unrated,wont_say,open', label: '还没有数' },
];

/** A word and a shape for how a ticket came out. */
export function lookOf(ticket: RatedTicket): { tone: Tone; shape: string } {
  if (ticket.excluded) return { tone: 'plain', shape: '○' };
  if (HITS.includes(ticket.outcome)) return { tone: 'ok', shape: '✓' };
  if (MISSES.includes(ticket.outcome)) return { tone: 'over', shape: '■' };
  return { tone: 'info', shape: '◷' };
}
