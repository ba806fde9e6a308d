// Picking lines of the board and acting on them together; with nothing picked, on the current line.
import { computed, type ComputedRef, ref, type Ref, shallowRef, watch } from 'vue';
import type { BulkVerb, Outcome } from './bulk';
import { type Picked, ranged, stillListed, toggled, toggledAll } from './picked';
import type { BoardRow } from './types';

const MAY: Record<BulkVerb, string> = { accept: 'submitted', dispatch: 'accepted' };

export interface Picking {
  picked: Ref<Picked>;
  verb: Ref<BulkVerb | null>;
  pick: (row: BoardRow | undefined, range?: boolean) => void;
  all: () => void;
  none: () => void;
  /** Opens the sheet; on the line at hand when none is picked and the verb is its next step. */
  begin: (verb: BulkVerb, at: BoardRow | undefined) => void;
  done: (left: Outcome[]) => void;
  any: ComputedRef<boolean>;
}

export function usePicking(rows: Ref<BoardRow[]>, able: Ref<boolean>): Picking {
  const picked = shallowRef<Picked>(new Map());
  const verb = ref<BulkVerb | null>(null);
  let last = '';

  // While a sheet is open it keeps what it was opened with.
  watch([rows, verb], () => {
    if (verb.value === null) picked.value = stillListed(picked.value, rows.value);
  });

  function pick(row: BoardRow | undefined, range = false): void {
    if (!row || !able.value) return;
    picked.value =
      range && last ? ranged(picked.value, rows.value, last, row.id) : toggled(picked.value, row);
    last = row.id;
  }

  function begin(which: BulkVerb, at: BoardRow | undefined): void {
    if (!able.value) return;
    if (picked.value.size === 0 && at?.status === MAY[which])
      picked.value = new Map([[at.id, at.version]]);
    if (picked.value.size > 0) verb.value = which;
  }

  function done(left: Outcome[]): void {
    const ids = new Set(left.map((one) => one.id));
    picked.value = new Map([...picked.value].filter(([id]) => ids.has(id)));
  }

  return {
    picked,
    verb,
    pick,
    all: () => (picked.value = toggledAll(picked.value, rows.value)),
    none: () => (picked.value = new Map()),
    begin,
    done,
    any: computed(() => picked.value.size > 0),
  };
}
