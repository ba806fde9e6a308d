// A day's doors, grouped as one walks: by building, with what they have in common in the heading.
import { sayWindow } from '@/core/clock';
import type { Door, Visit } from './types';

export interface Walk {
  key: string;
  heading: string;
  sameWindow: boolean;
  visits: Visit[];
}

/** 3号楼 1单元 202: the estate goes without saying to who walks there. */
export function doorName(door: Door): string {
  return `${door.building.name} ${door.unit.name} ${door.door}`;
}

function common(values: string[]): string | null {
  const first = values[0] ?? '';
  return values.every((value) => value === first) ? first : null;
}

export function walksOf(visits: Visit[]): Walk[] {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) {
    const key = visit.household.building.id;
    groups.set(key, [...(groups.get(key) ?? []), visit]);
  }
  return [...groups].map(([key, members]) => {
    const window = common(members.map((v) => (v.window ? sayWindow(v.window) : '')));
    const company = common(members.map((v) => v.with.map((person) => person.name).join('、')));
    const heading = [
      members[0]?.household.building.name ?? '',
      window ?? '',
      company ? `与${company}同行` : '',
    ];
    return {
      key,
      heading: heading.filter(Boolean).join(' · '),
      sameWindow: window !== null,
      visits: members,
    };
  });
}

/** 今晚 3 户, 今天 3 户, 今天都走完了. */
export function dayTitle(visits: Visit[], pending: (visit: Visit) => boolean): string {
  const open = visits.filter((visit) => visit.state !== 'done' && !pending(visit));
  if (visits.length === 0) return '今天没有走访';
  if (open.length === 0) return '今天都走完了';
  const evening = open.every((visit) => (visit.window?.from ?? '') >= '17:00');
  return `${evening ? '今晚' : '今天'} ${String(open.length)} 户`;
}
