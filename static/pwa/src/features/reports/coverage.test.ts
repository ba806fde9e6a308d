import { describe, expect, it } from 'vitest';
import {
  type Counts,
  type Coverage,
  levelLines,
  mineWords,
  monthLines,
  placeLines,
  shareWords,
  stateWords,
} from './coverage';
import { fileOf } from './coverageFile';

const counts: Counts = { due: 20, done: 15, refused: null, impossible: null, open: 0 };
const none: Counts = { due: null, done: null, refused: null, impossible: null, open: null };

function found(patch: Partial<Coverage> = {}): Coverage {
  return {
    communities: [],
    community: { id: 'c', name: '演示社区' },
    months: [],
    month: { month: '2026-11', state: 'settled', afterwards: false },
    too_few: 5,
    settled_on: 4,
    words: [],
    places: [
      { id: 'c', kind: 'community', name: '演示社区' },
      { id: 'g', kind: 'grid', name: '第一网格' },
      { id: 'h', kind: 'grid', name: '第二网格' },
      { id: 'b', kind: 'building', name: '一期 1号楼' },
    ],
    items: [
      { place_id: 'c', care_level: null, ...counts },
      { place_id: 'c', care_level: 'high', ...none },
      { place_id: 'g', care_level: null, ...counts },
      { place_id: 'b', care_level: 'focus', ...counts },
    ],
    course_of: { id: 'c', kind: 'community', name: '演示社区' },
    course: [
      { month: '2026-11', care_level: null, ...counts },
      { month: '2026-10', care_level: 'focus', ...none },
    ],
    ...patch,
  };
}

describe('coverage', () => {
  it('says a share only where both figures are shown', () => {
    expect(shareWords(counts)).toBe('75%');
    expect(shareWords({ ...counts, done: null })).toBe('');
    expect(shareWords({ ...counts, due: null })).toBe('');
    expect(shareWords({ ...counts, due: 0, done: 0 })).toBe('');
  });

  it('has a line for each care level, place and month that was told', () => {
    expect(levelLines(found()).map((one) => one.name)).toEqual(['全部', '特别关心']);
    expect(placeLines(found(), 'grid', '').map((one) => one.name)).toEqual(['第一网格']);
    expect(placeLines(found(), 'building', 'focus').map((one) => one.id)).toEqual(['b']);
    expect(placeLines(found(), 'building', '')).toEqual([]);
    expect(monthLines(found(), '').map((one) => one.name)).toEqual(['2026年11月']);
    expect(monthLines(found(), 'focus').map((one) => one.id)).toEqual(['2026-10']);
  });

  it('says how far the month is, and what is not known of it', () => {
    const month = (state: 'running' | 'waiting' | 'settled', afterwards = false): string =>
      stateWords(found({ month: { month: '2026-11', state, afterwards } })).words;
    expect(month('running')).toContain('还没过完');
    expect(month('waiting')).toContain('晚到的记录');
    expect(month('settled')).toContain('不再变');
    expect(month('settled', true)).toContain('事后补算');
  });
});

describe("one's own month", () => {
  it('is a plain sentence without a goal', () => {
    const of = (due: number, done: number, refused: number): string =>
      mineWords({ month: '2026-11', due, done, refused });
    expect(of(0, 0, 0)).toBe('这个月，您看望的户里没有该上门的。');
    expect(of(5, 3, 1)).toBe(
      '这个月，您看望的户里该上门 5 次，走到了 3 次，住户婉拒 1 次，还有 1 次。',
    );
    expect(of(4, 4, 0)).toBe('这个月，您看望的户里该上门 4 次，走到了 4 次，都走到了。');
  });
});

describe('the file', () => {
  it('is what the server sent', async () => {
    const file = fileOf({ name: '走访覆盖-2026-11.xlsx', content: btoa('PK\u0003\u0004') });
    expect(file.name).toBe('走访覆盖-2026-11.xlsx');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([80, 75, 3, 4]));
  });
});
