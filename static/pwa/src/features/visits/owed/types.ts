// What is owed, as the server shows it.
export interface Counts {
  owed: number;
  overdue: number;
  stuck: number;
  coming: number;
}

export interface OwedBuilding extends Counts {
  id: string;
  name: string;
  place_text: string;
}

export interface OwedGrid extends Counts {
  id: string | null;
  name: string;
  buildings: OwedBuilding[];
}

export interface OwedPlaces {
  grids: OwedGrid[];
  calendar_warning: string | null;
}

export interface Owed {
  household: { id: string; place_text: string };
  care_level: string;
  purposes: string[];
  why: string[];
  due_on: string;
  overdue: boolean;
  coming_on: string | null;
  stuck: string | null;
}

export interface Occasion {
  id: string;
  title: string;
  purpose: string;
  care_levels: string[];
  starts_on: string;
  ends_on: string;
  version: number;
}
