import { describe, expect, it } from 'vitest';
import { arrow, moveOf, nextUnplaced, put, spotsIn } from './plan';

const ALL = [
  { id: 'a', name: '1栋', x: null, y: null },
  { id: 'b', name: '2栋', x: 0.5, y: 0.5 },
  { id: 'c', name: '3栋', x: null, y: null },
];

describe('placing buildings', () => {
  it('keeps them inside the picture', () => {
    expect(put(ALL, 'a', 1.4, -2)[0]).toMatchObject({ x: 1, y: 0 });
  });

  it('undoes by putting back what was there', () => {
    const move = moveOf(ALL, 'b');
    const after = put(ALL, 'b', 0.9, 0.9);
    expect(put(after, 'b', move?.from.x ?? null, move?.from.y ?? null)).toEqual(ALL);
  });

  it('goes on to the next that stands nowhere, and round to the first', () => {
    expect(nextUnplaced(ALL, 'a')).toBe('c');
    expect(nextUnplaced(put(ALL, 'c', 0, 0), 'c')).toBe('a');
    expect(nextUnplaced([], '')).toBe('');
  });

  it('moves by arrows, and farther with Shift', () => {
    expect(arrow('ArrowLeft', false)).toEqual([-0.01, 0]);
    expect(arrow('ArrowDown', true)).toEqual([0, 0.05]);
    expect(arrow('Enter', false)).toBeNull();
  });

  it('sends only what stands somewhere', () => {
    expect(spotsIn(ALL)).toEqual([{ building_id: 'b', x: 0.5, y: 0.5 }]);
  });
});
