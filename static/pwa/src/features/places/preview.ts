// What the preview of an import says, in words. Pure.
import type { Import, RowAction } from './types';

export const ACTION: Record<RowAction, string> = {
  refuse: '不能导入',
  create: '新增',
  change: '修改',
  same: '不变',
};

/** The tab to look at first: what is wrong, else what would happen. */
export function firstTab(counts: Record<RowAction, number>): RowAction {
  const actions: RowAction[] = ['refuse', 'create', 'change', 'same'];
  return actions.find((action) => counts[action] > 0) ?? 'same';
}

export function nothingToDo(counts: Record<RowAction, number>): boolean {
  return counts.create === 0 && counts.change === 0;
}

/** 「新增 30 户、修改 2 户，顺带新建 1 栋楼」. */
export function sayPlan(plan: Import): string {
  const households = [
    plan.counts.create && `新增 ${plan.counts.create} 户`,
    plan.counts.change && `修改 ${plan.counts.change} 户`,
  ].filter(Boolean);
  const places = [
    plan.estates_new && `${plan.estates_new} 个小区`,
    plan.buildings_new && `${plan.buildings_new} 栋楼`,
    plan.grids_new && `${plan.grids_new} 个网格`,
  ].filter(Boolean);
  const said = households.join('、') || '没有要改的户';
  return places.length > 0 ? `${said}，顺带新建 ${places.join('、')}` : said;
}
