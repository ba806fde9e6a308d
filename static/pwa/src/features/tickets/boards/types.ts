// Boards and the numbers of buildings, as the server tells them.
import type { TicketRow } from '../types';

export interface Named {
  key: string;
  name: string;
}

export interface Counted extends Named {
  count: number;
}

export interface Part {
  queue: string;
  name: string;
  hint: string;
  count: number;
  /** The move that is made from the board itself. */
  step: string | null;
  items: TicketRow[];
}

export interface Work extends TicketRow {
  urgency: string;
  building_name: string | null;
  steps: string[];
  proof: 'none' | 'after' | 'both';
  public_area: boolean;
  duty?: { id: string; name: string } | null;
}

export interface Board {
  mark: string;
  numbers: Counted[];
  parts: Part[];
  work: Work[];
  urgencies: Named[];
}

export interface Numbers {
  hidden: boolean;
  open: number;
  overdue: number;
  recent: Record<string, number>;
}

export interface BuildingNumbers extends Numbers {
  building_id: string;
  name: string;
}

export interface EstateNumbers {
  estate_id: string;
  groups: Named[];
  buildings: BuildingNumbers[];
  ground: Numbers;
}

/** The plan of an estate; `picture` is null where nobody has laid one down. */
export interface Plan {
  estate_id: string;
  name: string;
  picture: string | null;
  width: number | null;
  height: number | null;
  buildings: { id: string; name: string; x: number | null; y: number | null }[];
  may_change: boolean;
  version: number;
}
