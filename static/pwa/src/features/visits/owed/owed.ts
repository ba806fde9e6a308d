// How what is owed is narrowed and worded.
import { query } from '@/core/api';
import { addDays, dateOf, monthDay } from '@/core/clock';
import { CARE_LEVEL, nameIn } from '@/core/labels';
import type { Column, Option, Tone } from '@/ui/types';
import type { Counts, Occasion, Owed } from './types';

export const NO_FILTER = { month: '', grid: '', building: '', care: '', show: '' };
export type OwedFilter = typeof NO_FILTER;

export const COLUMNS: Column[] = [
  { key: 'place', name: '户', look: 'lead' },
  { key: 'why', name: '为什么去', look: 'wide' },
  { key: 'due', name: '哪天以前', look: 'short' },
  { key: 'state', name: '怎么样了', look: 'wide' },
];

export const SHOWS: Option[] = [
  { value: '', label: '全部' },
  { value: 'open', label: '还没排的' },
  { value: 'overdue', label: '过了日子的' },
  { value: 'stuck', label: '排不了的' },
  { value: 'coming', label: '已经排上的' },
];

/** This month and the next three. */
export function months(today: string = dateOf()): Option[] {
  const found: Option[] = [];
  for (let day = `${today.slice(0, 7)}-01`; found.length < 4; day = nextMonth(day)) {
    const [year, month] = day.split('-').map(Number);
    const value = found.length === 0 ? '' : day.slice(0, 7);
    found.push({ value, label: `${String(year)} 年 ${String(month)} 月` });
  }
  return found;
}

function nextMonth(first: string): string {
  return `${addDays(first, 32).slice(0, 7)}-01`;
}

export function placesPath(community: string, filter: OwedFilter): string {
  return '/visits/owed/places' + query({ community_id: community, month: filter.month });
}

export function owedPath(community: string, filter: OwedFilter): string {
  return (
    '/visits/owed' +
    query({
      community_id: community,
      month: filter.month,
      grid_id: filter.grid,
      building_id: filter.building,
      care_level: filter.care,
      show: filter.show,
    })
  );
}

export function stateOf(one: Owed): { tone: Tone; shape: string; words: string } {
  if (one.coming_on) return { tone: 'info', shape: '▶', words: `${monthDay(one.coming_on)}有人去` };
  if (one.stuck) return { tone: 'plain', shape: '×', words: one.stuck };
  if (one.overdue) return { tone: 'over', shape: '■', words: '过了日子，先排' };
  return { tone: 'plain', shape: '○', words: '还没排' };
}

/** `该去 95 户次，过了日子 3，排不了 2` — what is nought is left out. */
export function sums(counts: Counts): string {
  const rest: [string, number][] = [
    ['过了日子', counts.overdue],
    ['排不了', counts.stuck],
    ['已经排上', counts.coming],
  ];
  const said = rest.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${count}`);
  return [`该去 ${counts.owed} 次`, ...said].join('，');
}

export function whom(occasion: Occasion): string {
  if (occasion.care_levels.length === 0) return '每一户';
  return occasion.care_levels.map((level) => nameIn(CARE_LEVEL, level)).join('、');
}
