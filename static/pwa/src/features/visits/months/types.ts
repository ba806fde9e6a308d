// A month's plan as the server shows it.
import type { Named, Window } from '../types';

export interface MonthPlan {
  id: string;
  community_id: string;
  month: string;
  state: string;
  /** Their names. */
  grids: string[];
  version: number;
}

export interface Job {
  state: string;
  done: number;
  total: number | null;
  why: string | null;
  mending: boolean;
}

export interface Part {
  id: string;
  name: string;
  stage: string;
  goodness: string;
  /** The planner looks for a better one. */
  searching: boolean;
  planned: number;
  unplanned: number;
  to_send: number;
  /** How many stops mending would change; null when nobody has asked. */
  difference: number | null;
  version: number;
}

export interface MonthDetail extends MonthPlan {
  job: Job | null;
  parts: Part[];
  people: Named[];
  to_send: number;
  /** Grids of a draft that the planner was stopped before. */
  unfinished: number;
  calendar_warning: string | null;
}

export interface Clash {
  kind: string;
  refused: boolean;
  text: string;
}

interface Owed {
  id: string;
  place_text: string;
  door: string;
  building_id: string;
  level: string;
  purposes: string[];
  due: string;
  by_phone: boolean;
  state: string | null;
}

export interface Stop extends Owed {
  date: string;
  window: Window;
  people: string[];
  /** Not sent yet as it stands. */
  changed: boolean;
  by_hand: boolean;
  clashes: Clash[];
}

export interface LeftOut extends Owed {
  why: string;
  helps: string[];
}

export interface Other {
  place_text: string;
  building_id: string;
  date: string;
  window: Window;
  people: string[];
}

export interface Line {
  place_text: string;
  before: string | null;
  after: string | null;
  accepted: boolean;
  why: string | null;
}

export interface Day {
  date: string;
  works: boolean;
}

export interface Board extends Part {
  plan: MonthPlan;
  working: boolean;
  /** The first date on which anything can still be put. */
  first: string;
  days: Day[];
  people: Named[];
  buildings: Named[];
  stops: Stop[];
  left_out: LeftOut[];
  others: Other[];
  lines: Line[];
  can_undo: boolean;
  can_redo: boolean;
}

export interface Place {
  date: string;
  person_id: string;
  window: Window;
  refused: boolean;
  texts: string[];
}

export interface Edited {
  version: number;
  texts: string[];
}
