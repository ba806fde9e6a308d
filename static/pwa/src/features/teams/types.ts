// Households, teams and pairings as the server shows them to the committee.
export interface Named {
  id: string;
  name: string;
}

export interface Household {
  id: string;
  door: string;
  floor: number | null;
  unit: Named;
  building: Named;
  estate: Named;
  place_text: string;
  contact_name: string;
  care_level: string;
  wish: string;
  main: Named | null;
  backup: Named | null;
  version: number;
}

export interface HouseholdDetail extends Household {
  contact_phone_masked: string | null;
  care_confirmed_on: string | null;
}

export interface Member {
  person: Named;
  leader: boolean;
}

export interface Team extends Named {
  kind: string;
  place: Named & { kind: string };
  members: Member[];
  version: number;
}

export interface Pairing {
  id: string;
  team: Named & { kind: string };
  person: Named;
  place: Named & { kind: string };
  place_text: string;
  since: string;
  /** It begins on a day to come. */
  coming: boolean;
}

export interface DoorOwed {
  last_on: string | null;
  next: {
    why: string[];
    due_on: string;
    overdue: boolean;
    coming_on: string | null;
    stuck: string | null;
  } | null;
  stops: { id: string; purpose: string; due_on: string }[];
  hours: string[];
  hours_version: number;
}
