// A whole stair, all well: which doors can be recorded in one go, and what is sent for each. Pure.
import { asOneWalks } from './day';
import { emptyForm, recordBody, type RecordForm } from './record';
import type { Door, Visit } from './types';

/** A door of the stair: `named` ones are ticked one by one, they never come with all. */
export interface StairDoor {
  door: Door;
  /** The visit that is planned there; without one it is a visit that nobody had planned. */
  visit: Visit | null;
  named: boolean;
}

export interface StairForm {
  method: string;
  /** Doors unticked, and doors ticked that do not come with all; by household. */
  off: string[];
  on: string[];
  /** The ids of visits that nobody had planned: known before anything is sent. */
  ids: Record<string, string>;
}

export const STAIR_METHODS = ['door', 'downstairs', 'ok_signal'];
const NOT_AT_THE_DOOR = ['phone_only', 'no_more_visits'];

export function emptyStair(): StairForm {
  return { method: 'door', off: [], on: [], ids: {} };
}

/** The doors of a unit that may be recorded now: mine, at the door, nothing done or waiting. */
export function doorsOf(
  unitId: string,
  visits: Visit[],
  households: Door[],
  today: string,
  waiting: (visit: Visit) => boolean,
): StairDoor[] {
  const here = visits.filter((one) => one.household.unit.id === unitId && one.date === today);
  const touched = new Set(here.map((one) => one.household.id));
  const planned = here.filter((one) => one.state === 'accepted' && !waiting(one));
  const others = households.filter((one) => one.unit.id === unitId && !touched.has(one.id));
  const all: StairDoor[] = [
    ...planned.map((visit) => doorOf(visit.household, visit)),
    ...others.map((door) => doorOf(door, null)),
  ];
  const mayRing = all.filter((one) => !NOT_AT_THE_DOOR.includes(one.door.wish));
  return asOneWalks(mayRing, (one) => one.door);
}

function doorOf(door: Door, visit: Visit | null): StairDoor {
  return { door, visit, named: door.care_level === 'high' };
}

/** Planned doors come with all; those to be named, and those not planned, are ticked one by one. */
function comesAlong(one: StairDoor): boolean {
  return one.visit !== null && !one.named;
}

export function isOn(one: StairDoor, form: StairForm): boolean {
  return comesAlong(one) ? !form.off.includes(one.door.id) : form.on.includes(one.door.id);
}

export function toggled(one: StairDoor, form: StairForm): Partial<StairForm> {
  const list = comesAlong(one) ? 'off' : 'on';
  const { id } = one.door;
  const before = form[list];
  return { [list]: before.includes(id) ? before.filter((other) => other !== id) : [...before, id] };
}

/** A floor at once: what comes with all is ticked, or unticked; who must be named stays. */
export function withFloor(floor: StairDoor[], form: StairForm, on: boolean): Partial<StairForm> {
  const ids = floor.filter(comesAlong).map((one) => one.door.id);
  const rest = form.off.filter((id) => !ids.includes(id));
  return { off: on ? rest : [...rest, ...ids] };
}

export interface Floor {
  name: string;
  doors: StairDoor[];
}

export function floorsOf(doors: StairDoor[]): Floor[] {
  const floors = new Map<string, StairDoor[]>();
  for (const one of doors) {
    const name = one.door.floor === null ? '其他' : `${String(one.door.floor)} 楼`;
    floors.set(name, [...(floors.get(name) ?? []), one]);
  }
  return [...floors].map(([name, members]) => ({ name, doors: members }));
}

/** What the page of one door would hold, had it been filled there. */
export function recordOf(
  one: StairDoor,
  form: StairForm,
  today: string,
  visitId: string,
): RecordForm {
  const along = one.visit ? one.visit.with.map((who) => who.id) : [];
  const ids = { visit: visitId, ticket: '' };
  return { ...emptyForm(today, form.method, along, ids), outcome: 'ok' };
}

/** Who was named by a tick of their own is no part of the whole stair. */
export function stairBody(one: StairDoor, record: RecordForm): Record<string, unknown> {
  const body: Record<string, unknown> = { ...recordBody(record), whole_stair: comesAlong(one) };
  // Who goes along stays as planned: the company on the list may be an older one.
  delete body.with_ids;
  return one.visit ? body : { ...body, id: record.visit_id, household_id: one.door.id };
}
