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

function listed(pairs: [count: number, words: string][]): string {
  return pairs
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join('、');
}

/** 「新增 30 户、修改 2 户，顺带新建 1 栋楼」, or how many rows stand in the way. */
export function sayPlan(plan: Import): string {
  const { create, change, same, refuse } = plan.counts;
  if (refuse > 0) {
    return `一共 ${create + change + same + refuse} 行，有 ${refuse} 行不能导入`;
  }
  const households = listed([
    [create, `新增 ${create} 户`],
    [change, `修改 ${change} 户`],
  ]);
  const places = listed([
    [plan.estates_new, `${plan.estates_new} 个小区`],
    [plan.buildings_new, `${plan.buildings_new} 栋楼`],
    [plan.grids_new, `${plan.grids_new} 个网格`],
  ]);
  const said = households || '没有要改的户';
  return places ? `${said}，顺带新建 ${places}` : said;
}
