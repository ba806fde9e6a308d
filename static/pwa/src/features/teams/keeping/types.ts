// Who looks after whom, as the server tells it to the committee.
import type { Named } from '../types';

export interface Keeping {
  limit: number;
  limit_version: number;
  without_person: { building: Named; place_text: string; households: number }[];
  too_much: { person: Named; households: number }[];
}

export interface Group {
  place_text: string;
  households: number;
  main_before: string | null;
  main_after: string | null;
  backup_before: string | null;
  backup_after: string | null;
}

export interface Proposal {
  digest: string;
  households: number;
  still_without: number;
  limit: number;
  groups: Group[];
  people: { person: Named; before: number; after: number }[];
}

export interface CareChange {
  id: string;
  kind: 'suggestion' | 'hand_over';
  estate: Named | null;
  person: Named | null;
  receivers: Named[];
  first: string;
  last: string | null;
  note: string | null;
  households: number;
  made_by: Named;
  made_at: string;
  state: string;
  may_undo: boolean;
  version: number;
}

export interface Stood {
  main: Named | null;
  backup: Named | null;
  since: string;
  until: string | null;
}
