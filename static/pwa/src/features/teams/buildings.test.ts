// Pairings laid over the tree of places.
import { describe, expect, it } from 'vitest';
import type { PlaceNode } from '@/core/places';
import { buildingLines, lonely, unitWords } from './buildings';
import type { Pairing } from './types';

const unit = (id: string): PlaceNode => ({ id, kind: 'unit', name: `${id}单元`, households: 10 });
const ESTATES: PlaceNode[] = [
  {
    id: 'e',
    kind: 'estate',
    name: '和园',
    children: [
      { id: 'b3', kind: 'building', name: '3栋', children: [unit('1'), unit('2')] },
      { id: 'b4', kind: 'building', name: '4栋', children: [unit('7')] },
    ],
  },
];

function pairing(placeId: string, name: string): Pairing {
  return {
    id: `${placeId}-${name}`,
    team: { id: 't', name: '红旗手一队', kind: 'red_flag' },
    person: { id: name, name },
    place: { id: placeId, name: placeId, kind: 'unit' },
    place_text: '',
    since: '2026-10-01',
    coming: false,
  };
}

function later(placeId: string, name: string): Pairing {
  return { ...pairing(placeId, name), since: '2026-12-01', coming: true };
}

describe('pairings by building', () => {
  it('makes one line of every building, with its households', () => {
    const lines = buildingLines(ESTATES, []);
    expect(lines.map((line) => [line.text, line.households])).toEqual([
      ['和园 3栋', 20],
      ['和园 4栋', 10],
    ]);
  });

  it('tells who looks after the whole building from who looks after a unit', () => {
    const [line] = buildingLines(ESTATES, [pairing('b3', '陈师傅'), pairing('2', '李姐')]);
    expect(line?.whole.map((one) => one.person.name)).toEqual(['陈师傅']);
    expect(line && unitWords(line)).toBe('2单元 李姐');
  });

  it('calls a building lonely while one of its units has nobody', () => {
    const [three, four] = buildingLines(ESTATES, [pairing('1', '李姐'), pairing('7', '周工')]);
    expect(three && lonely(three)).toBe(true);
    expect(four && lonely(four)).toBe(false);
  });

  it('tells from when somebody will come, and until then somebody is missing', () => {
    const [, four] = buildingLines(ESTATES, [later('7', '周工')]);
    expect(four && unitWords(four)).toBe('7单元 周工（12月1日起）');
    expect(four && lonely(four)).toBe(true);
  });
});
