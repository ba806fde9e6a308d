import { describe, expect, it } from 'vitest';
import { hasCommunity, isBare } from './first';
import { grouped, waysFor } from './grouping';
import { listOf, OPEN, OVERDUE, RECENT, spotsOf, valueOf } from './heat';
import { sentencesFor } from './sentences';
import { tilesOfParts, tilesOfWork } from './tiles';
import type { Board, BuildingNumbers, Plan, Work } from './types';

const URGENCIES = [
  { key: 'emergency', name: '应急，马上去' },
  { key: 'overdue', name: '已经超时' },
  { key: 'rest', name: '其余在办的' },
];

function work(id: string, more: Partial<Work> = {}): Work {
  return { id, urgency: 'rest', building_id: null, building_name: null, ...more } as Work;
}

function building(id: string, open: number, more: Partial<BuildingNumbers> = {}): BuildingNumbers {
  return { building_id: id, name: id, hidden: false, open, overdue: 0, recent: {}, ...more };
}

describe('the day in groups', () => {
  const all = [
    work('a', { urgency: 'emergency', building_id: 'b10', building_name: '和园 10栋' }),
    work('b', { building_id: 'b2', building_name: '和园 2栋', duty: { id: 'p', name: '何工' } }),
    work('c', { building_id: 'b2', building_name: '和园 2栋' }),
    work('d'),
  ];

  it('keeps the order of urgency and leaves out what is empty', () => {
    const groups = grouped(all, 'urgency', URGENCIES);
    expect(groups.map(({ key, items }) => [key, items.length])).toEqual([
      ['emergency', 1],
      ['rest', 3],
    ]);
  });

  it('counts buildings as people do, and what lies between them comes last', () => {
    const groups = grouped(all, 'building', URGENCIES);
    expect(groups.map((group) => group.name)).toEqual(['和园 2栋', '和园 10栋', '楼栋之间']);
  });

  it('puts what nobody is on duty for last', () => {
    const groups = grouped(all, 'duty', URGENCIES);
    expect(groups.map((group) => group.name)).toEqual(['何工', '还没有定人']);
  });

  it('asks who is on duty only where somebody is', () => {
    expect(waysFor(all).map((way) => way.value)).toContain('duty');
    expect(waysFor([work('x')]).map((way) => way.value)).toEqual(['urgency', 'building']);
  });
});

describe('the weight of a building', () => {
  const plan = {
    buildings: [
      { id: 'small', name: '1栋', x: 0.1, y: 0.2 },
      { id: 'large', name: '2栋', x: 0.5, y: 0.5 },
      { id: 'none', name: '3栋', x: 0.9, y: 0.9 },
      { id: 'nowhere', name: '4栋', x: null, y: null },
    ],
  } as Plan;
  const numbers = [building('small', 1), building('large', 16), building('none', 0)];

  it('grows by area, the heavy lie on top, and what is nowhere is left out', () => {
    const spots = spotsOf(plan, numbers, OPEN);
    expect(spots.map((spot) => spot.id)).toEqual(['none', 'small', 'large']);
    const [none, small, large] = spots.map((spot) => spot.size);
    expect(((large ?? 0) - (none ?? 0)) / ((small ?? 0) - (none ?? 0))).toBeCloseTo(4);
    expect(spots.map((spot) => spot.shade)).toEqual([0, 1, 4]);
  });

  it('counts what is asked for', () => {
    const one = building('x', 5, { overdue: 2, recent: { order: 3, facility: 4 } });
    expect([OPEN, OVERDUE, RECENT, 'order', 'care'].map((what) => valueOf(one, what))).toEqual([
      5, 2, 7, 3, 0,
    ]);
  });

  it('leads to the list of just that', () => {
    const asked = (what: string) => listOf('b', what, '2026-11-30').query;
    expect(asked(OVERDUE)).toEqual({ building_id: 'b', overdue: 'true' });
    expect(asked('order')).toEqual({
      building_id: 'b',
      category: 'order',
      created_from: '2026-09-01',
    });
    expect(asked(RECENT)).toEqual({ building_id: 'b', created_from: '2026-09-01' });
  });
});

describe('numbers on top', () => {
  const part = (queue: string, count: number) => ({
    queue,
    name: queue,
    hint: '',
    step: null,
    count,
    items: [],
  });
  const board: Board = {
    mark: '',
    numbers: [
      { key: 'emergency', name: '应急', count: 1 },
      { key: 'today', name: '今天到期', count: 2 },
    ],
    parts: [part('lead_overdue', 3), part('lead_to_start', 0)],
    work: [],
    urgencies: [],
  };

  it('lead what must not wait', () => {
    const tiles = tilesOfWork(board);
    expect(tiles.map((tile) => tile.key)).toEqual([
      'emergency',
      'lead_overdue',
      'today',
      'lead_to_start',
    ]);
    expect(tiles.filter((tile) => tile.hot)).toHaveLength(2);
  });

  it('lead down the page where something is, else to the list', () => {
    expect(tilesOfParts(board).map((tile) => tile.to)).toEqual([
      { path: '/office/today', hash: '#lead_overdue' },
      '/office/board/lead_to_start',
    ]);
  });
});

describe('what comes before all work', () => {
  const board = { parts: [{ count: 0 }], work: [] as Work[] } as unknown as Board;

  it('is asked only where nothing waits', () => {
    expect(isBare(board)).toBe(true);
    expect(isBare({ ...board, work: [work('a')] })).toBe(false);
    expect(isBare({ ...board, parts: [{ ...board.parts[0], count: 1 }] as Board['parts'] })).toBe(
      false,
    );
  });

  it('is a community: a district with its subdistricts alone has none', () => {
    expect(hasCommunity([{ kind: 'district' }, { kind: 'subdistrict' }])).toBe(false);
    expect(hasCommunity([{ kind: 'district' }, { kind: 'community' }])).toBe(true);
  });
});

describe('what was done', () => {
  it('has words for every kind of matter, short enough to be taken', () => {
    for (const code of ['emergency.gas_fire', 'facility.lift', 'suggestion', 'nobody.knows'])
      for (const sentence of sentencesFor(code)) {
        expect(sentence.length).toBeGreaterThan(3);
        expect(sentence.length).toBeLessThanOrEqual(200);
      }
  });
});
