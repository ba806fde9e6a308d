// Picking households, one by one and all at once.
import { describe, expect, it } from 'vitest';
import { allPicked, MOST_AT_ONCE, toggled, toggledAll } from './selection';

const many = Array.from({ length: MOST_AT_ONCE + 5 }, (_, index) => `h${index}`);

describe('picking households', () => {
  it('puts one in and takes it out again', () => {
    const one = toggled(new Set(), 'a');
    expect([...one]).toEqual(['a']);
    expect(toggled(one, 'a').size).toBe(0);
  });

  it('picks the rest of a page, then lets the whole page go', () => {
    const all = toggledAll(new Set(['a', 'other']), ['a', 'b']);
    expect([...all]).toEqual(['a', 'other', 'b']);
    expect([...toggledAll(all, ['a', 'b'])]).toEqual(['other']);
  });

  it('never picks more than the server takes at once', () => {
    const most = toggledAll(new Set(), many);
    expect(most.size).toBe(MOST_AT_ONCE);
    expect(toggled(most, 'one more').size).toBe(MOST_AT_ONCE);
  });

  it('does not call an empty page picked', () => {
    expect(allPicked(new Set(['a']), [])).toBe(false);
  });
});
