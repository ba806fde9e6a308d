// A day's doors, as one walks: stair by stair, with what they have in common in the heading.
import { sayWindow } from '@/core/clock';
import type { Door, Named, Visit } from './types';

const numeric = new Intl.Collator('zh-CN', { numeric: true });

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

/** Past the doors: by building and unit, then floor by floor. */
export function asOneWalks<T>(things: T[], doorOf: (thing: T) => Door): T[] {
  const entrance = (door: Door): string =>
    door.place_text
      .slice(0, -door.door.length)
      .replace(/[甲乙丙丁戊己庚辛壬癸]/g, (stem) => String('甲乙丙丁戊己庚辛壬癸'.indexOf(stem)));
  return [...things].sort((left, right) => {
    const [a, b] = [doorOf(left), doorOf(right)];
    return (
      numeric.compare(entrance(a), entrance(b)) ||
      (a.floor ?? 0) - (b.floor ?? 0) ||
      numeric.compare(a.door, b.door)
    );
  });
}

/** What somebody has agreed to do, or has done, on one day, as one walks. */
export function isOn(visit: Visit, date: string): boolean {
  return visit.date === date && (visit.state === 'accepted' || visit.state === 'done');
}

/** A proposal that waits for this person's own word. */
export function askedOf(visit: Visit, personId: string): boolean {
  return visit.state === 'proposed' && visit.person.id === personId;
}

/** Who goes there beside oneself. */
export function companyOf(visit: Visit, personId: string): Named[] {
  const goes = [visit.person, ...visit.with];
  const along = goes.some((one) => one.id === personId) ? goes : visit.with;
  return along.filter((one) => one.id !== personId);
}

export function byDay(visits: Visit[]): { date: string; visits: Visit[] }[] {
  const sorted = asOneWalks(visits, (visit) => visit.household);
  const dates = [...new Set(sorted.map((visit) => visit.date))].sort();
  return dates.map((date) => ({ date, visits: sorted.filter((visit) => visit.date === date) }));
}

function common(values: string[]): string | null {
  const first = values[0] ?? '';
  return values.every((value) => value === first) ? first : null;
}

/** 3号楼 1单元, which all of these share. */
function stairs([first]: Visit[]): string {
  return first ? `${first.household.building.name} ${first.household.unit.name}` : '';
}

export function walksOf(visits: Visit[], personId: string): Walk[] {
  const groups = new Map<string, Visit[]>();
  for (const visit of asOneWalks(visits, (visit) => visit.household)) {
    const key = visit.household.unit.id;
    groups.set(key, [...(groups.get(key) ?? []), visit]);
  }
  return [...groups].map(([key, members]) => {
    const window = common(members.map((v) => (v.window ? sayWindow(v.window) : '')));
    const company = common(
      members.map((v) =>
        companyOf(v, personId)
          .map((one) => one.name)
          .join('、'),
      ),
    );
    const heading = [stairs(members), window ?? '', company ? `与${company}同行` : ''];
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
