// The day's doors in the order in which one walks.
import { describe, expect, it } from 'vitest';
import { asOneWalks, askedOf, byDay, companyOf, isOn, walksOf } from './day';
import type { Door, Visit } from './types';

function door(building: string, unit: string, floor: number | null, number: string): Door {
  return {
    id: building + unit + number,
    door: number,
    floor,
    place_text: `和园一村 ${building}${unit}${number}`,
    building: { id: building, name: building },
    unit: { id: building + unit, name: unit },
    contact_name: '张阿姨',
    care_level: 'general',
    wish: 'any',
  };
}

function visit(household: Door, more: Partial<Visit> = {}): Visit {
  const me = { id: 'me', name: '陈师傅' };
  return {
    id: household.id,
    household,
    date: '2026-11-24',
    window: null,
    state: 'accepted',
    person: me,
    with: [],
    ...more,
  } as unknown as Visit;
}

const doors = [
  door('10栋', '1单元', 1, '101'),
  door('3栋', '2单元', 1, '101'),
  door('3栋', '1单元', 10, '1001'),
  door('3栋', '1单元', 2, '202'),
  door('3栋', '1单元', 2, '201'),
  door('3栋', '乙单元', null, '1'),
  door('3栋', '甲单元', null, '1'),
];

describe('doors', () => {
  it('come building by building, unit by unit, floor by floor', () => {
    expect(asOneWalks(doors, (one) => one).map((one) => one.id)).toEqual([
      '3栋甲单元1',
      '3栋乙单元1',
      '3栋1单元201',
      '3栋1单元202',
      '3栋1单元1001',
      '3栋2单元101',
      '10栋1单元101',
    ]);
  });

  it('of a day stand under their stairs, one building after the other', () => {
    const walks = walksOf(
      doors.map((one) => visit(one)),
      'me',
    );
    expect(walks.map((walk) => walk.heading)).toEqual([
      '3栋 甲单元',
      '3栋 乙单元',
      '3栋 1单元',
      '3栋 2单元',
      '10栋 1单元',
    ]);
  });

  it('of several days stand under their days', () => {
    const [first, second] = doors as [Door, Door];
    const days = byDay([
      visit(first, { date: '2026-11-26' }),
      visit(second, { date: '2026-11-25' }),
    ]);
    expect(days.map((day) => day.date)).toEqual(['2026-11-25', '2026-11-26']);
  });
});

describe('a visit', () => {
  const here = door('10栋', '1单元', 1, '101');

  it('belongs to a day when it was agreed to or done', () => {
    expect(isOn(visit(here), '2026-11-24')).toBe(true);
    expect(isOn(visit(here, { state: 'done' }), '2026-11-24')).toBe(true);
    expect(isOn(visit(here, { state: 'proposed' }), '2026-11-24')).toBe(false);
    expect(isOn(visit(here), '2026-11-25')).toBe(false);
  });

  it('is for the one who was asked to answer, not for who goes along', () => {
    const proposed = visit(here, { state: 'proposed', with: [{ id: 'li', name: '李姐' }] });
    expect([askedOf(proposed, 'me'), askedOf(proposed, 'li')]).toEqual([true, false]);
  });

  it('has company other than oneself, from both sides', () => {
    const shared = visit(here, { with: [{ id: 'li', name: '李姐' }] });
    expect(companyOf(shared, 'me').map((one) => one.name)).toEqual(['李姐']);
    expect(companyOf(shared, 'li').map((one) => one.name)).toEqual(['陈师傅']);
    expect(companyOf(shared, 'office').map((one) => one.name)).toEqual(['李姐']);
  });
});
