// How much a building's numbers weigh on the map: a size, a shade, and always the number. Pure.
import { addDays } from '@/core/clock';
import type { BuildingNumbers, Numbers, Plan } from './types';

/** What is shown: what is open, what is late, or what was reported in 90 days (all, or a group). */
export type What = string;
export const OPEN = 'open';
export const OVERDUE = 'overdue';
export const RECENT = 'recent';

/** The server's `RECENT`: its count begins with the morning of that day, and so does the list. */
const RECENT_DAYS = 90;
const SHADES = 4;
const SMALLEST = 2.25;
const LARGEST = 4.25;

export function valueOf(numbers: Numbers, what: What): number {
  if (what === OPEN) return numbers.open;
  if (what === OVERDUE) return numbers.overdue;
  const recent = numbers.recent;
  if (what === RECENT) return Object.values(recent).reduce((sum, one) => sum + one, 0);
  return recent[what] ?? 0;
}

export interface Spot {
  id: string;
  name: string;
  x: number;
  y: number;
  hidden: boolean;
  value: number;
  /** In rem, by area: four times as many look twice as wide. */
  size: number;
  shade: number;
}

/** The placed buildings, the heavy ones last so that they lie on top. */
export function spotsOf(plan: Plan, numbers: BuildingNumbers[], what: What): Spot[] {
  const known = new Map(numbers.map((one) => [one.building_id, one]));
  const most = Math.max(1, ...numbers.map((one) => valueOf(one, what)));
  return plan.buildings
    .flatMap(({ id, name, x, y }) => {
      const own = known.get(id);
      if (!own || x === null || y === null) return [];
      const value = valueOf(own, what);
      const share = value / most;
      return {
        id,
        name,
        x,
        y,
        hidden: own.hidden,
        value,
        size: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(share),
        shade: value === 0 ? 0 : Math.ceil(share * SHADES),
      };
    })
    .sort((a, b) => a.value - b.value);
}

const UNSETTLED =
  'submitted,accepted,dispatched,in_progress,suspended,deliberating,escalated,resolved,reviewed';

/** The list of what a number counts. */
export function listOf(
  buildingId: string,
  what: What,
  today: string,
): { path: string; query: Record<string, string> } {
  const asked: Record<string, string> = { building_id: buildingId };
  if (what === OPEN) asked.status = UNSETTLED;
  else if (what === OVERDUE) asked.overdue = 'true';
  else {
    asked.created_from = addDays(today, -RECENT_DAYS);
    if (what !== RECENT) asked.category = what;
  }
  return { path: '/office/board/all', query: asked };
}
