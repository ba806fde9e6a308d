// Patrols as the server shows them.
import type { Named, Window } from '../types';

export interface PatrolPoint extends Named {
  hint: string | null;
  place: Named;
  /** What its printed code says, without the signature. */
  mark: string;
  version: number;
}

export interface PatrolPerson extends Named {
  answer: string;
  walked: boolean;
}

export interface Patrol extends Named {
  date: string;
  window: Window;
  state: string;
  people: PatrolPerson[];
  points: PatrolPoint[];
  seen: string[];
  minutes: number | null;
  remark: string | null;
  version: number;
}

/** A ticket that was reported on a patrol. */
export interface Finding {
  id: string;
  number: string;
  title: string;
  status: string;
  status_name: string;
  point_id: string;
}

export interface OfficePatrol extends Patrol {
  findings: Finding[];
}

export interface PatrolRoute extends Named {
  days: number[];
  window: Window;
  people: Named[];
  at_once: number;
  points: Named[];
  ended: boolean;
  version: number;
}

export interface PrintedPoint extends PatrolPoint {
  link: string;
  picture: string;
}
