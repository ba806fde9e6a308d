// Rates as the server tells them.
export interface OutcomeCount {
  outcome: string;
  name: string;
  count: number;
}

export interface Figure {
  hits: number;
  base: number;
  percent: number | null;
  excluded: number;
  outcomes: OutcomeCount[];
}

export type Measure = 'response' | 'resolution' | 'satisfaction';

export interface RateRow extends Record<Measure, Figure> {
  month: string;
  organisation_id: string | null;
  organisation_name: string;
  party: string | null;
}

export interface NamedPlace {
  id: string;
  name: string;
}

export interface Rates {
  communities: NamedPlace[];
  community: NamedPlace | null;
  months: string[];
  too_few: number;
  items: RateRow[];
}

export interface RatedTicket {
  id: string;
  number: string;
  category_name: string;
  place_text: string | null;
  outcome: string;
  outcome_name: string;
  excluded: boolean;
  due_at: string | null;
  done_at: string | null;
  shown: boolean;
}
