// The day's work in groups: by urgency, by building, by who is on duty. Pure.
import type { Named, Work } from './types';

export type By = 'urgency' | 'building' | 'duty';

export interface Group {
  key: string;
  name: string;
  items: Work[];
}

export const WAYS: { value: By; label: string }[] = [
  { value: 'urgency', label: '按轻重' },
  { value: 'building', label: '按楼栋' },
  { value: 'duty', label: '按值班人' },
];

function keyOf(work: Work, by: By): [string, string] {
  if (by === 'building') return [work.building_id ?? '', work.building_name ?? '楼栋之间'];
  return [work.duty?.id ?? '', work.duty?.name ?? '还没有定人'];
}

/** Nobody's and nowhere's come last; the others as people count them: 2栋 before 10栋. */
function inOrder(a: Group, b: Group): number {
  if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1;
  return a.name.localeCompare(b.name, 'zh-CN', { numeric: true });
}

/** Inside each group the work keeps the order of the server: the most urgent first. */
export function grouped(work: Work[], by: By, urgencies: Named[]): Group[] {
  if (by === 'urgency')
    return urgencies
      .map(({ key, name }) => ({ key, name, items: work.filter((one) => one.urgency === key) }))
      .filter((group) => group.items.length > 0);
  const groups = new Map<string, Group>();
  for (const one of work) {
    const [key, name] = keyOf(one, by);
    const group = groups.get(key) ?? { key, name, items: [] };
    group.items.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].sort(inOrder);
}

/** On duty is asked for only where somebody is. */
export function waysFor(work: Work[]): typeof WAYS {
  const known = work.some((one) => one.duty);
  return WAYS.filter((way) => way.value !== 'duty' || known);
}
