// Rounds as the server shows them.
import type { Named, Window } from '../types';

export interface OpenWindow extends Window {
  days: string;
}

export interface Whom {
  care_levels: string[];
  building_ids: string[];
  household_ids: string[];
}

export interface Round {
  id: string;
  title: string;
  purpose: string;
  team: Named & { kind: string };
  starts_on: string;
  ends_on: string;
  state: string;
  counts: Record<string, number>;
  version: number;
}

export interface Blocked {
  place_text: string;
  reason: string;
}

export interface RoundDetail extends Round {
  whom: Whom;
  windows: OpenWindow[];
  without_person: string[];
  blocked: Blocked[];
  cancel_reason: string | null;
}

export interface Preview {
  households: number;
  visits: number;
  by_person: { person: Named; households: number }[];
  without_person: string[];
  blocked: Blocked[];
  calendar_warning: string | null;
}

export interface Defaults {
  windows: OpenWindow[];
  purposes: { code: string; name: string }[];
}

export interface Draft {
  title: string;
  purpose: string;
  team_id: string;
  whom: Whom;
  starts_on: string;
  ends_on: string;
  windows: OpenWindow[];
}
