// Tickets as the server shows them.
export interface TicketRow {
  id: string;
  number: string;
  title: string;
  category: string;
  category_name: string;
  status: string;
  status_name: string;
  emergency: boolean;
  overdue: boolean;
  nearly_due?: boolean;
  due_at?: string | null;
  supervised: boolean;
  returned?: number;
  place_text: string;
  community_id: string;
  building_id: string | null;
  lead_party: string | null;
  lead_name: string | null;
  reporter_is_me: boolean;
  created_at: string;
  moved_at: string;
  version: number;
  found?: string | null;
}

export interface Colleague {
  id: string;
  name: string;
  on_duty: boolean;
  has_it: boolean;
}

export interface OpenMove {
  verb: string;
  name: string;
  needs: string[];
  may: string[];
  danger: boolean;
}

export interface TicketParty {
  id: string;
  name: string;
  party: string | null;
}

export interface TicketClock {
  holder: string;
  holder_name: string;
  kind: string;
  name: string;
  state: string;
  due_at: string | null;
  ended_at: string | null;
  stopped_until: string | null;
  why: string[];
}

export interface TicketEntry {
  id: string;
  at: string;
  verb: string;
  verb_name: string;
  by_name: string | null;
  by_party: string | null;
  text: string;
  said?: Record<string, unknown> | null;
}

/** With which ticket it goes, what was joined into it, and how many more met the same. */
export interface Doubles {
  goes_with: { id: string; number: string; status_name: string; open: boolean } | null;
  joined: {
    id: string;
    number: string;
    text: string;
    place_text: string;
    reporter_name: string | null;
    created_at: string;
    photos: string[];
    notes: { at: string; text: string }[];
  }[];
  others: number;
}

export interface Ticket extends TicketRow {
  text: string;
  spot: string | null;
  /** At which point of which patrol; the patrol only for whoever may open it. */
  found_on?: { point: string; patrol_id: string | null } | null;
  public_area: boolean;
  place_id: string;
  agreed_by: string | null;
  reporter: { id: string; name: string; guest: boolean } | null;
  lead: TicketParty | null;
  co: (TicketParty & { done_at: string | null })[];
  reopened: number;
  due_on: string | null;
  suspended_until: string | null;
  suspend_reason: string | null;
  suspension_pending: boolean;
  solved: string | null;
  satisfied: string | null;
  photos: { hash: string; phase: string; by_name: string | null; at: string }[];
  clocks?: TicketClock[];
  timeline: TicketEntry[];
  moves: OpenMove[];
  doubles?: Doubles;
}

export interface DispatchChoice extends TicketParty {
  kind: string;
  suggested: boolean;
  returned: boolean;
}

/** What the committee's rule says, and why it cannot be followed this time. */
export interface Advice {
  lead_org_id: string;
  co_org_ids: string[];
  decides: boolean;
  objection: string;
}

export interface DispatchChoices {
  items: DispatchChoice[];
  advice: Advice | null;
}

export interface PlaceNode {
  id: string;
  kind: string;
  name: string;
  children?: PlaceNode[];
}
