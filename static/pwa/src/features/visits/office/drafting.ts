// A new round is kept on this machine until it is saved or let go: a reload loses nothing of it.
import { dateOf } from '@/core/clock';
import { type DraftForm, useDraft } from '@/core/draft';
import { emptyDraft } from './rounds';
import type { Draft, OpenWindow } from './types';

/** Opens with what was written before. Households that were just picked in their list replace whom
 * it was for, and dates that have passed meanwhile begin anew. */
export async function newRound(windows: OpenWindow[], picked: string[]): Promise<DraftForm<Draft>> {
  const fresh = emptyDraft(windows, picked);
  const draft = useDraft('round:new', fresh);
  await draft.ready;
  if (picked.length > 0) draft.form.whom = fresh.whom;
  if (draft.form.starts_on < dateOf()) {
    draft.form.starts_on = fresh.starts_on;
    draft.form.ends_on = fresh.ends_on;
  }
  return draft;
}

/** Households picked in their list come along in the browser's history, once. */
export function pickedElsewhere(): string[] {
  const state = window.history.state as { households?: string[] } | null;
  const picked = state?.households ?? [];
  if (picked.length > 0) window.history.replaceState({ ...state, households: [] }, '');
  return picked;
}
