// The filters of a list as they stand in the address.
import { describe, expect, it } from 'vitest';
import { readFilters, writeFilters } from './filters';

const EMPTY = { q: '', care_level: '', without: '' };

describe('filters in the address', () => {
  it('reads what is there and leaves the rest empty', () => {
    expect(readFilters({ q: '3栋', other: 'x' }, EMPTY)).toEqual({ ...EMPTY, q: '3栋' });
  });

  it('takes a repeated name for nothing', () => {
    expect(readFilters({ q: ['a', 'b'] }, EMPTY)).toEqual(EMPTY);
  });

  it('leaves out what asks for nothing and keeps what belongs to others', () => {
    const written = writeFilters({ ticket: '7', q: 'old' }, { ...EMPTY, without: 'yes' }, EMPTY);
    expect(written).toEqual({ ticket: '7', without: 'yes' });
  });

  it('reads back what it wrote', () => {
    const values = { q: '灯', care_level: 'focus', without: '' };
    expect(readFilters(writeFilters({}, values, EMPTY) as never, EMPTY)).toEqual(values);
  });
});
