// Rules and duty lists as the server shows them.
import type { components } from '@/generated/api';
import type { Calling } from '@/ui/types';

export interface Named {
  id: string;
  name: string;
}

export interface Rule {
  id: string;
  place_id: string;
  place_text: string;
  about: string;
  about_name: string;
  lead: Named;
  co: Named[];
  decides: boolean;
  changed_at: string;
  changed_by_name: string;
  version: number;
}

export interface RuleSaid {
  place_id: string;
  about: string;
  lead_org_id: string;
  co_org_ids: string[];
  decides: boolean;
}

export interface Touched {
  ticket_id: string;
  number: string;
  title: string;
  place_text: string;
  status_name: string;
  lead_name: string | null;
  same: boolean;
}

export interface Touches {
  count: number;
  waiting: number;
  same: number;
  other: number;
  items: Touched[];
}

export interface Span {
  start: string;
  end: string;
}

export interface DutyLine extends Calling {
  has_list: boolean;
  may_edit: boolean;
  hole: Span | null;
}

export interface Shift {
  days: number[];
  from: string;
  to: string;
  people: string[];
}

export interface Instead {
  first: string;
  last: string;
  from: string;
  to: string;
  people: string[];
}

export interface Written {
  week: Shift[];
  instead: Instead[];
  always: boolean;
  hotline: string;
}

export interface DutyList extends Written {
  organisation_id: string;
  organisation_name: string;
  staff: Named[];
  may_edit: boolean;
  holes: Span[];
  version: number;
}

export interface MyWatch extends Span {
  organisation_name: string;
  with_names: string[];
  first: boolean;
}

export type Unseen = components['schemas']['Unseen'];
