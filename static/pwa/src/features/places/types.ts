// An import of households as the server keeps it.
export type RowAction = 'create' | 'change' | 'same' | 'refuse';

export interface Import {
  id: string;
  filename: string;
  state: 'preview' | 'confirmed' | 'dropped';
  counts: Record<RowAction, number>;
  estates_new: number;
  buildings_new: number;
  grids_new: number;
  created_at: string;
}

export interface ImportRow {
  row: number;
  action: RowAction;
  door_text: string;
  reasons: string[];
  changes: { field: string; name: string; from: string; to: string }[];
}
