// Where several went to one door: what each of them said, and whose words count. Pure.
import type { Account, Told, Visit } from './types';

export interface Voice {
  /** What is sent to pick it; the record has no id of its own. */
  account_id: string | null;
  told: Told;
}

/** An answer that an older app has kept knows nothing of other visitors. */
export function accountsOf(visit: Visit): Account[] {
  return (visit as Partial<Visit>).accounts ?? [];
}

/** Everybody's words, those of the record first. */
export function voicesOf(visit: Visit): Voice[] {
  const record = visit.record ? [{ account_id: null, told: visit.record }] : [];
  return [...record, ...accountsOf(visit).map((told) => ({ account_id: told.id, told }))];
}

function people(visit: Visit): string {
  const count = voicesOf(visit).length;
  return count > 2 ? `${count} 个人` : '两个人';
}

/** The plain sentence above words that differ. */
export function differWords(visit: Visit): string {
  const who = visit.may_pick ? '请您定一份作准' : '由负责人定';
  return `${people(visit)}记的不一样，${who}。`;
}

/** Somebody has picked: the record counts, and another says something else. */
export function wasPicked(visit: Visit): boolean {
  const differs = accountsOf(visit).some((one) => one.outcome !== visit.record?.outcome);
  return differs && !visit.disputed;
}
