// Finding and counting in the tree of places.
import { describe, expect, it } from 'vitest';
import { findPlace, householdsIn, pathTo, type PlaceNode } from './places';

const unit = (id: string, households: number): PlaceNode => ({
  id,
  kind: 'unit',
  name: id,
  households,
});
const TREE: PlaceNode = {
  id: 'c',
  kind: 'community',
  name: '仙林新村社区',
  children: [
    {
      id: 'e',
      kind: 'estate',
      name: '和园',
      children: [
        { id: 'b3', kind: 'building', name: '3栋', children: [unit('u1', 12), unit('u2', 10)] },
        { id: 'b4', kind: 'building', name: '4栋', children: [] },
      ],
    },
  ],
};

describe('the tree of places', () => {
  it('counts the households below a place', () => {
    expect(householdsIn(TREE)).toBe(22);
    expect(householdsIn(unit('u9', 7))).toBe(7);
  });

  it('finds a place at any depth, or nothing', () => {
    expect(findPlace(TREE, 'u2')?.households).toBe(10);
    expect(findPlace(TREE, 'nowhere')).toBeNull();
    expect(findPlace(null, 'u2')).toBeNull();
  });

  it('says the way to a place from the estate down', () => {
    expect(pathTo(TREE, 'u1').map((place) => place.id)).toEqual(['e', 'b3', 'u1']);
    expect(pathTo(TREE, 'nowhere')).toEqual([]);
  });
});
