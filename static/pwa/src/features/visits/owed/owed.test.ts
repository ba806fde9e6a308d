import { describe, expect, it } from 'vitest';
import { months, NO_FILTER, owedPath, stateOf, sums, whom } from './owed';
import type { Owed } from './types';

const ONE: Owed = {
  household: { id: 'h', place_text: '和园一村 3栋1单元202' },
  care_level: 'focus',
  purposes: ['care'],
  why: ['重点关心，每月一次，上次 10-28'],
  due_on: '2026-11-28',
  overdue: false,
  coming_on: null,
  stuck: null,
};

describe('what is owed', () => {
  it('is asked for this month and three more, over the turn of the year', () => {
    expect(months('2026-11-29').map((one) => one.label)).toEqual([
      '2026 年 11 月',
      '2026 年 12 月',
      '2027 年 1 月',
      '2027 年 2 月',
    ]);
    expect(months('2026-11-29').map((one) => one.value)).toEqual([
      '',
      '2026-12',
      '2027-01',
      '2027-02',
    ]);
  });

  it('is narrowed by what was chosen only', () => {
    expect(owedPath('c', NO_FILTER)).toBe('/visits/owed?community_id=c');
    expect(owedPath('c', { ...NO_FILTER, grid: 'g', show: 'stuck' })).toBe(
      '/visits/owed?community_id=c&grid_id=g&show=stuck',
    );
  });

  it('says that somebody comes before anything else', () => {
    expect(stateOf({ ...ONE, coming_on: '2026-11-27', overdue: true }).shape).toBe('▶');
    expect(stateOf({ ...ONE, stuck: '还没有人结对', overdue: true }).words).toBe('还没有人结对');
    expect(stateOf({ ...ONE, overdue: true }).words).toBe('过了日子，先排');
    expect(stateOf(ONE).words).toBe('还没排');
  });

  it('leaves out what is nought', () => {
    expect(sums({ owed: 95, overdue: 0, stuck: 2, coming: 0 })).toBe('该去 95 次，排不了 2');
  });

  it('says whom an occasion is for', () => {
    const usual = { id: 'o', title: '', purpose: 'safety', starts_on: '', ends_on: '', version: 1 };
    expect(whom({ ...usual, care_levels: [] })).toBe('每一户');
    expect(whom({ ...usual, care_levels: ['high', 'focus'] })).toBe('特别关心、重点关心');
  });
});
