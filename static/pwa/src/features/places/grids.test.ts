// Grids in words.
import { describe, expect, it } from 'vitest';
import type { PlaceNode } from '@/core/places';
import { type Grid, sayBuildings, type Steward, stewardsOf, without } from './grids';

function building(id: string, name: string): PlaceNode {
  return {
    id,
    kind: 'building',
    name,
    children: [{ id: `${id}-1`, kind: 'unit', name: '1单元', households: 12 }],
  };
}

const ESTATES: PlaceNode[] = [
  {
    id: 'e1',
    kind: 'estate',
    name: '和园一期',
    children: [building('b1', '1号楼'), building('b2', '2号楼')],
  },
  { id: 'e2', kind: 'estate', name: '和园二期', children: [building('b3', '3号楼')] },
];
const GRID: Grid = { id: 'g', name: '第一网格', building_ids: ['b1', 'b3'], households: 24 };

function paired(kind: string, id: string, name: string, place: string): Steward {
  return { team: { kind }, person: { id, name }, place: { id: place } };
}

describe('a grid', () => {
  it('says its buildings by estate', () => {
    expect(sayBuildings(GRID, ESTATES)).toBe('和园一期 1号楼；和园二期 3号楼');
  });

  it('has the stewards of its buildings and units, each once', () => {
    const pairings = [
      paired('red_steward', 'p1', '李师傅', 'b1'),
      paired('red_steward', 'p1', '李师傅', 'b3-1'),
      paired('red_flag', 'p2', '陈师傅', 'b1'),
      paired('red_steward', 'p3', '王师傅', 'b2'),
    ];
    expect(stewardsOf(GRID, ESTATES, pairings)).toEqual(['李师傅']);
  });

  it('leaves the others in none', () => {
    expect(without([GRID], ESTATES).map((one) => one.name)).toEqual(['和园一期 2号楼']);
  });
});
