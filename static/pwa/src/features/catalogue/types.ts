// Categories, contracts and the calendar as the server shows them.
export type Kind = 'accept' | 'arrive' | 'contain' | 'resolve';
export type Unit = 'min' | 'h' | 'wh' | 'wd';

export interface Limit {
  amount: number;
  unit: Unit | null;
  goal: string;
}

export type Times = Record<Kind, Limit | null>;

export interface Item {
  code: string;
  name: string;
  national_name: string | null;
  lead_party: string;
  off: boolean;
  own: boolean;
  version: number;
  times: Times;
}

export interface Group {
  code: string;
  name: string;
  items: Item[];
}

export interface Catalogue {
  may_edit: boolean;
  groups: Group[];
}

/** One state in which a category or a contract was; `since` is null for the national table. */
export interface Version {
  version: number;
  since: string | null;
  by_name: string;
  name?: string;
  lead_party?: string;
  off?: boolean;
  times: Times;
}

export interface MovedClock {
  ticket_id: string;
  number: string;
  place_text: string;
  clock_name: string;
  holder_name: string;
  old_due: string | null;
  new_due: string | null;
}

export interface Moves {
  count: number;
  tickets: number;
  ways: { sooner: number; later: number; begun: number; gone: number; late: number };
  communities: { name: string; tickets: number }[];
  next_offset: number | null;
  items: MovedClock[];
}

export interface Retiming {
  id: string;
  state: string;
  done: number;
  total: number | null;
  moved: number | null;
  why: string | null;
}

export interface Applied {
  retiming: Retiming | null;
}

export interface ContractTimes {
  code: string;
  name: string;
  version: number;
  since: string;
  by_name: string;
  times: Times;
}

export interface Company {
  id: string;
  name: string;
  items: ContractTimes[];
}

export interface MarkedDay {
  date: string;
  kind: string;
  name: string;
}

export interface CalendarYear {
  year: number;
  certain: boolean;
  may_import: boolean;
  imported_at: string | null;
  days: MarkedDay[];
}

export interface YearLine {
  number: number;
  said: string;
  date: string | null;
  kind: string | null;
  name: string;
  wrong: string;
  passed: boolean;
}

export interface YearPlan {
  wrong: number;
  lines: YearLine[];
  moves: Moves;
}
