// How changes of many doors are said. Pure.
import { monthDay } from '@/core/clock';
import type { CareChange, Group } from './types';

export const STATE: Record<string, string> = {
  coming: '到日子办',
  standing: '已办',
  over: '已换回来',
  undone: '已撤回',
};

/** `陈师傅 → 李姐`, or one name where nothing changes. */
export function passed(before: string | null, after: string | null): string {
  if (before === after) return before ?? '没有';
  return `${before ?? '没有'} → ${after ?? '没有'}`;
}

export function mainOf(group: Group): string {
  return passed(group.main_before, group.main_after);
}

export function backupOf(group: Group): string {
  return passed(group.backup_before, group.backup_after);
}

/** `陈师傅交给李姐、周叔`, `和园一村按建议安排`. */
export function titleOf(change: CareChange): string {
  if (change.kind === 'suggestion') return `${change.estate?.name ?? ''}按建议安排`;
  return `${change.person?.name ?? ''}交给${change.receivers.map((one) => one.name).join('、')}`;
}

export function spanOf(change: CareChange): string {
  if (change.kind === 'suggestion') return '';
  if (change.last === null) return `${monthDay(change.first)}起，不再换回`;
  return `${monthDay(change.first)}到${monthDay(change.last)}`;
}
