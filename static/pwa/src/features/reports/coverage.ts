// Coverage of visits in words. A figure that is null is hidden. Pure.
import { CARE_LEVEL } from '@/core/labels';
import type { Column } from '@/ui/types';
import { monthWords } from './figures';
import type { NamedPlace } from './types';

export type CountKey = 'due' | 'done' | 'refused' | 'impossible' | 'open';
export type Counts = Record<CountKey, number | null>;
export type CoveredKind = 'community' | 'grid' | 'estate' | 'building';

export interface CoverageRow extends Counts {
  place_id: string;
  care_level: string | null;
}

export interface CourseRow extends Counts {
  month: string;
  care_level: string | null;
}

export interface CoveredPlace extends NamedPlace {
  kind: CoveredKind;
}

export interface CoveredMonth {
  month: string;
  state: 'running' | 'waiting' | 'settled';
  afterwards: boolean;
}

export interface Coverage {
  communities: NamedPlace[];
  community: NamedPlace;
  months: CoveredMonth[];
  month: CoveredMonth | null;
  too_few: number;
  settled_on: number;
  words: { key: CountKey; name: string; what: string }[];
  places: CoveredPlace[];
  items: CoverageRow[];
  course_of: CoveredPlace;
  course: CourseRow[];
}

export interface MyMonth {
  month: string;
  due: number;
  done: number;
  refused: number;
}

/** A shape beside each word: never a colour alone. */
export const SHAPES: Record<CountKey, string> = {
  due: '▣',
  done: '✓',
  refused: '○',
  impossible: '✕',
  open: '◷',
};

export const KINDS: { value: CoveredKind; label: string }[] = [
  { value: 'grid', label: '按网格' },
  { value: 'estate', label: '按小区' },
  { value: 'building', label: '按楼栋' },
];

export const NO_FILTER = { community: '', month: '', by: 'grid', care: '', place: '' };

/** `75%`, or nothing where one of the two is hidden. */
export function shareWords({ due, done }: Counts): string {
  return due === null || done === null || due === 0 ? '' : `${Math.round((100 * done) / due)}%`;
}

/** One line of a table: a place, a care level or a month. */
export interface CountLine {
  id: string;
  name: string;
  counts: Counts;
}

export function levelLines(found: Coverage): CountLine[] {
  const names: [string | null, string][] = [[null, '全部'], ...Object.entries(CARE_LEVEL)];
  return names.flatMap(([level, name]) => {
    const row = rowOf(found, found.community.id, level);
    return row ? [{ id: level ?? 'all', name, counts: row }] : [];
  });
}

/** The places of a kind where something was owed, in their order. */
export function placeLines(found: Coverage, kind: string, care: string): CountLine[] {
  return found.places
    .filter((one) => one.kind === kind)
    .flatMap((one) => {
      const row = rowOf(found, one.id, care || null);
      return row ? [{ id: one.id, name: one.name, counts: row }] : [];
    });
}

export function monthLines(found: Coverage, care: string): CountLine[] {
  return found.course
    .filter((row) => row.care_level === (care || null))
    .map((row) => ({ id: row.month, name: monthWords(row.month), counts: row }));
}

function rowOf(found: Coverage, place: string, level: string | null): CoverageRow | undefined {
  return found.items.find((row) => row.place_id === place && row.care_level === level);
}

export function columnsOf(found: Coverage, first: string): Column[] {
  return [
    { key: 'name', name: first, look: 'lead' },
    ...found.words.map(({ key, name }) => ({ key, name, look: 'short' })),
  ];
}

/** How far the month is that is shown. */
export function stateWords(found: Coverage): {
  tone: 'ok' | 'info' | 'warn';
  shape: string;
  words: string;
} {
  const month = found.month;
  const day = found.settled_on;
  if (month?.state === 'running') {
    const words = `这个月还没过完，数还会变；下个月 ${day} 号定下来，定了就不再变。`;
    return { tone: 'info', shape: '◷', words };
  }
  if (month?.state === 'waiting') {
    const words = `这个月过完了，还在等晚到的记录；${day} 号定下来，定了就不再变。`;
    return { tone: 'info', shape: '◷', words };
  }
  if (month?.afterwards) {
    const words =
      '这个月的数是事后补算的。当时的关心程度、意愿和结对没有留下，用的是补算那天的，可能和当时不一样。';
    return { tone: 'warn', shape: '▲', words };
  }
  return { tone: 'ok', shape: '✓', words: '这个月的数已经定下来了，不再变。' };
}

/** What one's own month says: for oneself, and nothing to live up to. */
export function mineWords({ due, done, refused }: MyMonth): string {
  if (due === 0) return '这个月，您看望的户里没有该上门的。';
  const left = due - done - refused;
  const declined = refused > 0 ? `，住户婉拒 ${refused} 次` : '';
  const rest = left > 0 ? `，还有 ${left} 次` : '，都走到了';
  return `这个月，您看望的户里该上门 ${due} 次，走到了 ${done} 次${declined}${rest}。`;
}
