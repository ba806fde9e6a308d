// The shapes that presentational components take.
export type Tone = 'ok' | 'warn' | 'info' | 'over' | 'plain';

export interface Option {
  value: string;
  label: string;
}

export interface Choice extends Option {
  hint?: string;
}

export interface TimelineItem {
  id: string;
  at: string;
  who: string;
  did: string;
  text?: string;
}

export interface Tab {
  key: string;
  to: string;
  sign: string;
  name: string;
  count?: number;
}

export interface SideLink {
  to: string;
  name: string;
  count?: number;
  /** A small heading above the first of its kind. */
  group?: string;
  under?: SideLink[];
}

/** `look`: lead = the card's heading on a phone, wide = a line of its own, bare = without its name
 * there, short = never broken, spare = left out of a table with little room. `quiet`: the heading is for screen readers only. */
export interface Column {
  key: string;
  name: string;
  look?: string;
  quiet?: boolean;
}

/** What a ticket can be about, as the server lists it. */
export interface Category {
  code: string;
  name: string;
  group: string;
  group_name: string;
  lead_party: string;
  emergency: boolean;
  phones: { name: string; number: string }[];
}

/** What was seen or heard, before it becomes a ticket. */
export interface Report {
  category: string;
  text: string;
  spot: string;
  whose: '' | 'public' | 'agreed' | 'mine';
  agreed_by: string;
  media: string[];
}

export interface Slot {
  date: string;
  from: string;
  to: string;
}

export type FieldErrors = Record<string, string[]>;

/** Who is on duty for an organisation: whom to telephone first is on top. */
export interface OnDutyPerson {
  id: string;
  name: string;
  phone_masked: string;
}

export interface Calling {
  organisation_id: string;
  organisation_name: string;
  hotline: string;
  people: OnDutyPerson[];
  until: string | null;
  then: { start: string; end: string; people: OnDutyPerson[] } | null;
}
