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
