// A person's week as toggles.
import { describe, expect, it } from 'vitest';
import type { Day, Free, FreeDate } from './types';
import { halfHours, linesOf, patternOf, sayAway, togglesOf, turned, withDay } from './week';

const EVENING: Free = { span: 'workday_evening', days: ['mon', 'tue'], from: '18:30', to: '20:30' };
const MORNING: Free = { span: 'rest_morning', days: ['sat', 'sun'], from: '09:30', to: '11:30' };
const USUAL = [EVENING, MORNING];

function date(kind: FreeDate['kind'], first: string, from: string, to: string): FreeDate {
  return { id: kind + first, kind, first, last: first, window: { from, to } };
}

describe('a week', () => {
  it('is all on where nothing was said, all off where none was chosen', () => {
    expect(togglesOf(USUAL, null).map((one) => one.on)).toEqual([true, true]);
    expect(togglesOf(USUAL, []).map((one) => one.on)).toEqual([false, false]);
  });

  it('comes back as it was said', () => {
    const said = [{ ...EVENING, days: ['tue'], from: '19:00' }];
    expect(patternOf(togglesOf(USUAL, said))).toEqual(said);
  });

  it('goes on with every day and its whole time', () => {
    const [off] = togglesOf(USUAL, []);
    expect(off && patternOf([turned(off)])).toEqual([EVENING]);
  });

  it('lets single days go and takes them back in their order; without any it is off', () => {
    const [on] = togglesOf(USUAL, null);
    if (!on) throw new Error('no toggle');
    const less = withDay(on, 'mon');
    expect(less.days).toEqual(['tue']);
    expect(withDay(less, 'mon').days).toEqual(['mon', 'tue']);
    expect(withDay(less, 'tue').on).toBe(false);
  });

  it('may be a part of a window, by half hours', () => {
    expect(halfHours(EVENING)).toEqual(['18:30', '19:00', '19:30', '20:00', '20:30']);
  });
});

describe('the coming days', () => {
  const day: Day = {
    date: '2026-11-28',
    kind: 'weekend',
    away: false,
    windows: [
      { from: '12:00', to: '13:00' },
      { from: '15:00', to: '17:30' },
    ],
  };

  it('show what was given up among what stands, and what is one more', () => {
    const said = [
      date('not_then', '2026-11-28', '09:30', '11:30'),
      date('extra', '2026-11-28', '12:00', '13:00'),
      date('not_then', '2026-11-29', '09:30', '11:30'),
    ];
    expect(linesOf(day, said).map((line) => [line.from, line.off, line.said?.kind])).toEqual([
      ['09:30', true, 'not_then'],
      ['12:00', false, 'extra'],
      ['15:00', false, undefined],
    ]);
  });

  it('say how long somebody is away', () => {
    const week: FreeDate = {
      id: 'a',
      kind: 'away',
      first: '2026-11-30',
      last: '2026-12-06',
      window: null,
    };
    expect(sayAway(week)).toContain('11月30日 – 12月6日，7 天');
    expect(sayAway({ ...week, last: week.first })).toMatch(/11月30日$/);
  });
});
