// Emergency calls as the server shows them.
interface Named {
  id: string;
  name: string;
}

export interface Summons {
  id: string;
  version: number;
  kind: string;
  state: string;
  words: string;
  place: Named;
  team: Named | null;
  opened_at: string;
  ended_at: string | null;
}

export interface CallDetail extends Summons {
  until: string;
  ending: string | null;
  danger_reason: string | null;
  called: boolean;
  answer: string | null;
  answers: string[];
  may: string[];
  board: boolean;
  set_aside: number | null;
}

export interface CallBuilding {
  id: string;
  name: string;
  state: string;
  coming: number;
  people: string[];
  doors: number | null;
  seen: number | null;
}

export interface CallBoard {
  id: string;
  state: string;
  counts: { asked: number; coming: number; cannot: number; safe: number };
  coming: Named[];
  safe: Named[];
  buildings: CallBuilding[];
  tickets: { id: string; number: string; status: string }[];
  asked_anew: number | null;
}

export interface Reach {
  people: number;
  members: number;
  duty: number;
  visits: number;
  night: boolean;
}

export interface TeamRead extends Named {
  place: { id: string };
}
