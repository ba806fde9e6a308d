// Topics as the server shows them.
export interface CureOwner {
  id: string;
  name: string;
}

export interface TopicRow {
  id: string;
  place_text: string;
  category: string;
  category_name: string;
  count: number;
  still_open: number;
  first_at: string;
  last_at: string;
  closed_at: string | null;
  cure: string;
  cure_owner: CureOwner | null;
  cure_on: string | null;
  version: number;
}

export interface TopicTicket {
  id: string;
  number: string;
  title: string;
  place_text: string;
  status: string;
  status_name: string;
  created_at: string;
  closed_at: string | null;
  lead_name: string | null;
  result: string | null;
}

export interface Topic extends TopicRow {
  tickets: TopicTicket[];
  hidden: number;
  may_cure: boolean;
  owners: CureOwner[];
}
