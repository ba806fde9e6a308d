// Service hours as the server tells them.
export interface Named {
  id: string;
  name: string;
}

export type HoursVerb = 'confirm' | 'send_back' | 'correct' | 'void' | 'say' | 'withdraw';

export interface ServiceHours {
  id: string;
  on: string;
  kind: string;
  content: string | null;
  person: Named;
  team: Named;
  minutes: number;
  hours: number;
  records: number;
  counted: number | null;
  said: boolean;
  state: string;
  reason: string | null;
  may: HoursVerb[];
  version: number;
}

export interface HoursSummary {
  year: number;
  this_year: number;
  in_all: number;
  waiting: number;
  confirms: boolean;
  to_confirm: number;
}

/** What the sheet of a length says. */
export interface Length {
  minutes: number;
  reason: string;
}

export interface NewHours {
  on: string;
  kind: string;
  content: string;
  minutes: number;
}
