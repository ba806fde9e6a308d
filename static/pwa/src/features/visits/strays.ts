// Records that the server did not take and the leader settles, as they are shown.
import type { Named, Told, Window } from './types';

export interface StraySaid extends Pick<Told, 'on' | 'method' | 'outcome' | 'needs' | 'note'> {
  reschedule_to: { date: string; window: Window } | null;
  ticket_text: string | null;
}

export interface Stray {
  id: string;
  person: Named;
  household: { place_text: string };
  visit_id: string | null;
  /** Why it was not taken, as the leader reads it. */
  reason: string;
  said: StraySaid;
  received_at: string;
  state: 'waiting' | 'entered' | 'dropped';
  settled_by: Named | null;
  drop_reason: string | null;
}

/** Usual reasons for letting a record be none. */
export const DROP_REASONS = ['这次没有去成', '已经有人记过了', '记错了一户'];
