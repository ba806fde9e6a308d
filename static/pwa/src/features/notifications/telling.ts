// How one is told, as the server keeps it; and the table of who hears what.
import type { Choice } from '@/ui/types';

export type Most = 'today' | 'digest' | 'inbox';

export interface KindChoice {
  kind: string;
  kind_name: string;
  most: Most;
}

export interface TellingChoices {
  kinds: KindChoice[];
  paused_until: string | null;
}

export interface TableRow {
  when: string;
  seat_name: string;
  pressing_name: string;
  way_names: string[];
  kind_name: string;
  title: string;
}

export const MOST: Choice[] = [
  { value: 'today', label: '及时提醒' },
  { value: 'digest', label: '早晚汇总' },
  { value: 'inbox', label: '只放消息里' },
];

/** The body that keeps everything as it is but for one kind, or for the pause. */
export function changed(
  before: TellingChoices,
  change: { kind?: string; most?: Most; paused_until?: string | null },
): { kinds: { kind: string; most: Most }[]; paused_until: string | null } {
  return {
    kinds: before.kinds.map(({ kind, most }) => ({
      kind,
      most: kind === change.kind && change.most ? change.most : most,
    })),
    paused_until: change.paused_until === undefined ? before.paused_until : change.paused_until,
  };
}

/** The rows in which every word is found, whatever column it stands in. */
export function matching(rows: TableRow[], words: string): TableRow[] {
  const asked = words.split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const said = Object.values(row).join(' ');
    return asked.every((word) => said.includes(word));
  });
}
