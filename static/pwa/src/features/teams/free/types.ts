// When people may visit, as the server tells it.
export interface Hours {
  from: string;
  to: string;
}

export interface Free extends Hours {
  span: string;
  days: string[];
}

export interface FreeDate {
  id: string;
  kind: 'away' | 'not_then' | 'extra';
  first: string;
  last: string;
  window: Hours | null;
}

export interface Day {
  date: string;
  kind: string;
  away: boolean;
  windows: Hours[];
}

export interface Availability {
  pattern: Free[] | null;
  dates: FreeDate[];
  days: Day[];
  usual: Free[];
  calendar_warning: string | null;
  version: number;
}
