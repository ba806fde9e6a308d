// What the preview of an import says.
import { describe, expect, it } from 'vitest';
import { firstTab, nothingToDo, sayPlan } from './preview';
import type { Import } from './types';

function plan(counts: Partial<Import['counts']>, more: Partial<Import> = {}): Import {
  return {
    id: 'i',
    filename: '住户.xlsx',
    state: 'preview',
    counts: { create: 0, change: 0, same: 0, refuse: 0, ...counts },
    estates_new: 0,
    buildings_new: 0,
    grids_new: 0,
    created_at: '2026-11-26T01:00:00Z',
    ...more,
  };
}

describe('the preview of an import', () => {
  it('shows first what is wrong, then what would happen', () => {
    expect(firstTab(plan({ refuse: 1, create: 9 }).counts)).toBe('refuse');
    expect(firstTab(plan({ change: 2, same: 5 }).counts)).toBe('change');
    expect(firstTab(plan({}).counts)).toBe('same');
  });

  it('says what would be written', () => {
    expect(sayPlan(plan({ create: 30, change: 2 }, { buildings_new: 1, grids_new: 2 }))).toBe(
      '新增 30 户、修改 2 户，顺带新建 1 栋楼、2 个网格',
    );
  });

  it('says first how many rows stand in the way', () => {
    expect(sayPlan(plan({ create: 30, refuse: 2 }))).toBe('一共 32 行，有 2 行不能导入');
  });

  it('knows that the same file twice changes nothing', () => {
    const again = plan({ same: 2600 });
    expect(nothingToDo(again.counts)).toBe(true);
    expect(sayPlan(again)).toBe('没有要改的户');
  });
});
