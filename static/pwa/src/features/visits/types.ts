// Visits as the server shows them and as it takes their records.
export interface Named {
  id: string;
  name: string;
}

export interface Window {
  from: string;
  to: string;
}

export interface Door {
  id: string;
  door: string;
  floor: number | null;
  place_text: string;
  building: Named;
  unit: Named;
  contact_name: string;
  care_level: string;
  wish: string;
}

/** What one visitor said of a visit. */
export interface Told {
  by: Named;
  on: string;
  method: string;
  outcome: string;
  needs: string[];
  note: string | null;
  received_at: string;
}

/** What another visitor said, beside the record. */
export interface Account extends Told {
  id: string;
}

export interface VisitRecord extends Told {
  slot: string;
  next_step: string | null;
  ticket_id: string | null;
}

export interface Visit {
  id: string;
  round_id: string | null;
  round_title: string | null;
  purpose: string;
  /** Further purposes, merged into it. A row that a phone kept from before has none. */
  also?: string[];
  household: Door;
  date: string;
  window: Window | null;
  state: string;
  attempt: number;
  hint: string | null;
  /** Who was asked; `with` are those who go along. */
  person: Named;
  with: Named[];
  last: { on: string; outcome: string } | null;
  record: VisitRecord | null;
  accounts: Account[];
  /** The visitors differ, and nobody has picked yet. */
  disputed: boolean;
  may_pick: boolean;
  /** May set the record right, as leader or committee. */
  leads: boolean;
  version: number;
}

export interface Today {
  date: string;
  visits: Visit[];
  proposals: number;
  done: number;
}

export interface Recorded {
  visit: Visit;
  ticket: { id: string; number: string } | null;
  follow_up: Visit | null;
}
