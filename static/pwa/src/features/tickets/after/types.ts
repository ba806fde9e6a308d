// What comes after the work, as the server shows it: calls to reporters, and random re-checks.
export interface CallTry {
  at: string;
  by_name: string;
  reached: boolean;
  note: string;
}

interface About {
  id: string;
  number: string;
  title: string;
  category_name: string;
  place_text: string;
  what_was_done: string;
  version: number;
}

export interface Callback extends About {
  lead_name: string | null;
  reporter_name: string;
  guest: boolean;
  since: string;
  tries: CallTry[];
}

export interface Recheck extends About {
  ticket_id: string;
  public_area: boolean;
  lead_name: string;
  month: string;
  unrated: boolean;
  result: string | null;
  may_look: boolean;
  may_reopen: boolean;
}
