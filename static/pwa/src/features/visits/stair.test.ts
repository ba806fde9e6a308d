// A whole stair, all well: who comes with all, who is named, what is sent.
import { describe, expect, it } from 'vitest';
import {
  doorsOf,
  emptyStair,
  floorsOf,
  isOn,
  recordOf,
  type StairDoor,
  stairBody,
  toggled,
  withFloor,
} from './stair';
import type { Door, Visit } from './types';

const TODAY = '2026-11-24';

function door(number: string, floor: number, more: Partial<Door> = {}): Door {
  return {
    id: number,
    door: number,
    floor,
    place_text: `和园一村 3栋1单元${number}`,
    building: { id: 'b', name: '3栋' },
    unit: { id: 'u', name: '1单元' },
    contact_name: '张阿姨',
    care_level: 'general',
    wish: 'any',
    ...more,
  };
}

function visit(household: Door, more: Partial<Visit> = {}): Visit {
  const id = `v${household.id}`;
  return {
    ...{ id, household, date: TODAY, state: 'accepted', with: [], version: 3 },
    ...more,
  } as unknown as Visit;
}

function all(visits: Visit[], households: Door[] = []): StairDoor[] {
  return doorsOf('u', visits, households, TODAY, (one) => one.id === 'v999');
}

function nth(doors: StairDoor[], at: number): StairDoor {
  const found = doors[at];
  if (!found) throw new Error(`no door ${String(at)}`);
  return found;
}

function ticked(doors: StairDoor[], form = emptyStair()): string[] {
  return doors.filter((one) => isOn(one, form)).map((one) => one.door.id);
}

describe('the doors of a stair', () => {
  const high = visit(door('102', 1, { care_level: 'high' }));

  it('come floor by floor, planned ones ticked', () => {
    const doors = all([visit(door('201', 2)), visit(door('101', 1))]);
    expect(floorsOf(doors).map((one) => one.name)).toEqual(['1 楼', '2 楼']);
    expect(ticked(doors)).toEqual(['101', '201']);
  });

  it('leave out what is done, waits, is of another day or unit, or is not rung at', () => {
    const elsewhere = door('101', 1, { unit: { id: 'other', name: '2单元' } });
    const doors = all([
      visit(door('101', 1), { state: 'done' }),
      visit(door('102', 1), { date: '2026-11-25' }),
      visit(door('103', 1, { wish: 'phone_only' })),
      visit(door('999', 9)),
      visit(elsewhere),
    ]);
    expect(doors).toEqual([]);
  });

  it('never come with all where somebody is looked after every week', () => {
    const doors = all([visit(door('101', 1)), high]);
    expect(ticked(doors)).toEqual(['101']);
    const floor = { ...emptyStair(), ...withFloor(doors, emptyStair(), true) };
    expect(ticked(doors, floor)).toEqual(['101']);
    const named = { ...emptyStair(), ...toggled(nth(doors, 1), emptyStair()) };
    expect(ticked(doors, named)).toEqual(['101', '102']);
  });

  it('may be others in my care, where nothing was planned', () => {
    const doors = all([visit(door('101', 1))], [door('101', 1), door('103', 1)]);
    expect(doors.map((one) => [one.door.id, one.visit !== null])).toEqual([
      ['101', true],
      ['103', false],
    ]);
    expect(ticked(doors)).toEqual(['101']);
  });

  it('are taken off and put on again, alone or as a floor', () => {
    const doors = all([visit(door('101', 1)), visit(door('102', 1))]);
    let form = { ...emptyStair(), ...toggled(nth(doors, 0), emptyStair()) };
    expect(ticked(doors, form)).toEqual(['102']);
    form = { ...form, ...withFloor(doors, form, false) };
    expect(ticked(doors, form)).toEqual([]);
    form = { ...form, ...withFloor(doors, form, true) };
    expect(ticked(doors, form)).toEqual(['101', '102']);
  });
});

describe('what is sent', () => {
  it('says of each door whether it came with all', () => {
    const [swept, named, extra] = all(
      [visit(door('101', 1)), visit(door('102', 1, { care_level: 'high' }))],
      [door('103', 1)],
    ) as [StairDoor, StairDoor, StairDoor];
    const body = (one: StairDoor) => stairBody(one, recordOf(one, emptyStair(), TODAY, 'id'));
    expect(body(swept)).toMatchObject({ outcome: 'ok', method: 'door', whole_stair: true });
    expect(body(swept)).not.toHaveProperty('with_ids');
    expect(body(named)).toMatchObject({ whole_stair: false });
    expect(body(extra)).toMatchObject({ id: 'id', household_id: '103', whole_stair: false });
  });
});
