// A line of the ticket board, as the server lists it.
export interface BoardRow {
  id: string;
  number: string;
  title: string;
  category: string;
  category_name: string;
  status: string;
  status_name: string;
  emergency: boolean;
  overdue: boolean;
  nearly_due?: boolean;
  due_at?: string | null;
  supervised: boolean;
  duplicate_of: string | null;
  place_text: string;
  community_id: string;
  building_id: string | null;
  lead_party: string | null;
  lead_name: string | null;
  reporter_is_me: boolean;
  created_at: string;
  moved_at: string;
  version: number;
  found?: string | null;
}
