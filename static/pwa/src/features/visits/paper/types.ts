// Round sheets on paper, as the server shows them.
import type { Named, Window } from '../types';

export interface PaperSheet {
  id: string;
  code: string;
  kind: string;
  /** Whose outing, or which building. */
  title: string;
  first_on: string;
  last_on: string;
  rows: number;
  recorded: number;
  version: number;
}

export interface PaperDoor {
  number: number;
  building: string;
  door: string;
  floor: number | null;
  same_day: boolean;
  wish: string;
  person: Named;
  on: string;
  window: Window | null;
  accepted: boolean;
  state: string;
  record: { by: string; on: string; method: string; outcome: string; needs: string[] } | null;
}

export interface PaperDetail extends PaperSheet {
  community: string;
  doors: PaperDoor[];
}

export interface PrintedDoor extends PaperDoor {
  picture: string;
}

export interface PrintedSheet extends PaperSheet {
  community: string;
  doors: PrintedDoor[];
  picture: string;
}

export interface PaperChoice extends Named {
  visits: number;
}

export interface PaperChoices {
  people: PaperChoice[];
  buildings: PaperChoice[];
}
