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

export interface Certified {
  kind: string;
  name: string;
  times: number;
  hours: string;
}

export interface CertificateFigures {
  number: string;
  name: string;
  community: string;
  issuer: string;
  handler: string;
  issued_on: string;
  first: string;
  last: string;
  hours: string;
  content: Certified[];
}

export interface Certificate extends CertificateFigures {
  id: string;
  code: string;
  revoked: boolean;
  revoke_reason: string | null;
  version: number;
}

export interface Checked {
  valid: boolean;
  certificate: CertificateFigures | null;
}

/** A team, as far as choosing somebody out of it needs it. */
export interface TeamRead {
  id: string;
  name: string;
  members: { person: Named }[];
}
