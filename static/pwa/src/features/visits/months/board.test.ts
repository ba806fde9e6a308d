// What lies where on the board, and how one moves on it.
import { describe, expect, it } from 'vitest';
import {
  cellKey,
  cellsOf,
  monthsFrom,
  monthToPlan,
  othersOf,
  rowsOf,
  sayMonth,
  startWeek,
  step,
  weeksOf,
} from './board';
import type { Board, Day, Stop } from './types';

const days: Day[] = Array.from({ length: 31 }, (_, index) => ({
  date: `2026-12-${String(index + 1).padStart(2, '0')}`,
  works: true,
}));
const stop = (id: string, given: Partial<Stop> = {}): Stop => ({
  id,
  place_text: `和园一村 3栋1单元${id}`,
  door: `1单元${id}`,
  building_id: 'b3',
  level: 'general',
  purposes: ['routine'],
  due: '2026-12-20',
  by_phone: false,
  state: null,
  date: '2026-12-03',
  window: { from: '18:30', to: '20:30' },
  people: ['chen', 'li'],
  changed: true,
  by_hand: false,
  clashes: [],
  ...given,
});
const board = (...stops: Stop[]): Board => ({
  id: 'part',
  name: '第一网格',
  stage: 'better',
  goodness: '',
  searching: false,
  planned: stops.length,
  unplanned: 0,
  to_send: 0,
  difference: null,
  version: 1,
  plan: {
    id: 'p',
    community_id: 'c',
    month: '2026-12-01',
    state: 'draft',
    grids: ['第一网格'],
    version: 1,
  },
  working: false,
  first: '2026-12-02',
  days,
  people: [
    { id: 'chen', name: '陈师傅' },
    { id: 'li', name: '李阿姨' },
  ],
  buildings: [{ id: 'b3', name: '3栋' }],
  stops,
  left_out: [],
  others: [],
  lines: [],
  can_undo: false,
  can_redo: false,
});

describe('the weeks of a month', () => {
  it('begin on Monday and hold only days of the month', () => {
    const weeks = weeksOf(days);
    expect(weeks.map((week) => week.length)).toEqual([6, 7, 7, 7, 4]);
    expect(weeks[1]?.[0]?.date).toBe('2026-12-07');
    expect(startWeek(weeks, '2026-12-14')).toBe(2);
    expect(startWeek(weeks, '2027-01-01')).toBe(0);
  });
});

describe('a cell', () => {
  const shown = board(
    stop('202'),
    stop('101', { clashes: [{ kind: 'late', refused: false, text: '晚了。' }] }),
    stop('303', { people: ['li'], state: 'accepted', changed: false, date: '2026-12-01' }),
  );

  it('holds in a week one chip for each door under the time and the partner', () => {
    const [outing] = cellsOf(shown, 'people', 'week').get(cellKey('chen', '2026-12-03')) ?? [];
    expect(outing?.head).toBe('18:30 和李阿姨');
    expect(outing?.chips.map((chip) => [chip.text, chip.sign, chip.look])).toEqual([
      ['3栋1单元101', '▲', 'warn'],
      ['3栋1单元202', '◇', 'ok'],
    ]);
  });

  it('holds in a month one chip for each outing', () => {
    const [outing] = cellsOf(shown, 'buildings', 'month').get(cellKey('b3', '2026-12-03')) ?? [];
    expect(outing?.head).toBe('18:30 陈师傅、李阿姨');
    expect(outing?.chips.map((chip) => [chip.text, chip.ids.length])).toEqual([['2', 2]]);
    expect(outing?.chips[0]?.name).toBe('2 户，陈师傅、李阿姨，晚了。');
  });

  it('says in a month which door it is where it is only one', () => {
    const [single] = cellsOf(shown, 'people', 'month').get(cellKey('li', '2026-12-01')) ?? [];
    expect(single?.chips[0]?.name).toBe('1 户 和园一村 3栋1单元303，李阿姨');
  });

  it('holds what is past and cannot be moved', () => {
    const [outing] = cellsOf(shown, 'people', 'week').get(cellKey('li', '2026-12-01')) ?? [];
    expect(outing?.head).toBe('18:30');
    expect(outing?.chips[0]).toMatchObject({ movable: false, sign: '✓', sent: true });
  });

  it('says what is refused before all else', () => {
    const night = stop('1', { clashes: [{ kind: 'night', refused: true, text: '晚上不上门。' }] });
    const [outing] = cellsOf(board(night), 'people', 'week').get('chen|2026-12-03') ?? [];
    expect(outing?.chips[0]?.look).toBe('over');
  });
});

it('other visits stand with everybody who goes', () => {
  const other = {
    place_text: '和园一村 3栋1单元9',
    building_id: 'b3',
    date: '2026-12-04',
    window: { from: '18:30', to: '20:30' },
    people: ['chen', 'li'],
  };
  const shown = { ...board(), others: [other] };
  expect([...othersOf(shown, 'people').keys()]).toEqual(['chen|2026-12-04', 'li|2026-12-04']);
  expect([...othersOf(shown, 'buildings').keys()]).toEqual(['b3|2026-12-04']);
  expect(rowsOf(shown, 'people')).toHaveLength(2);
  expect(rowsOf(shown, 'buildings')).toHaveLength(1);
});

it('arrow keys stop at the edges', () => {
  const size = { rows: 2, days: 3 };
  expect(step({ row: 0, day: 0 }, 'ArrowUp', size)).toEqual({ row: 0, day: 0 });
  expect(step({ row: 0, day: 0 }, 'ArrowDown', size)).toEqual({ row: 1, day: 0 });
  expect(step({ row: 1, day: 2 }, 'ArrowRight', size)).toEqual({ row: 1, day: 2 });
  expect(step({ row: 1, day: 2 }, 'ArrowLeft', size)).toEqual({ row: 1, day: 1 });
  expect(step({ row: 1, day: 2 }, 'x', size)).toEqual({ row: 1, day: 2 });
});

it('months that can be asked for begin with this one while a day of it is left', () => {
  expect(monthsFrom('2026-11-24')).toEqual([
    '2026-11-01',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
  ]);
  expect(monthsFrom('2026-11-30')[0]).toBe('2026-12-01');
  expect(sayMonth('2026-12-01', '2026-11-24')).toBe('12月');
  expect(sayMonth('2027-01-01', '2026-11-24')).toBe('2027年1月');
});

it('the month that is offered first is the next one, also on the last day of this one', () => {
  expect(monthToPlan('2026-11-24')).toBe('2026-12-01');
  expect(monthToPlan('2026-11-30')).toBe('2026-12-01');
  expect(monthToPlan('2026-12-31')).toBe('2027-01-01');
  expect(monthToPlan('2026-12-01')).toBe('2027-01-01');
});
