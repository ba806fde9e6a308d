// What a clerk has ticked on one sheet, kept on this machine until it is sent.
import { computed, type ComputedRef, type Ref } from 'vue';
import { dateOf } from '@/core/clock';
import { useDraft } from '@/core/draft';
import type { FieldErrors } from '@/ui/types';
import { emptyEntry, type Entry, isOpen, missing } from './entry';
import type { PaperDetail, PaperDoor } from './types';

export interface Ticks {
  entryOf: (door: PaperDoor) => Entry;
  tick: (door: PaperDoor, entry: Entry) => void;
  /** The rows that are ticked and not sent yet. */
  filled: ComputedRef<PaperDoor[]>;
  /** What rows lack before they can go, named as the server names what is wrong with them. */
  lacking: () => FieldErrors;
  /** Lets go of what is recorded by now, whoever did it. */
  letGo: (sheet: PaperDetail) => void;
}

export function useTicks(code: string, sheet: Ref<PaperDetail | null>): Ticks {
  const empty: { entries: Record<string, Entry> } = { entries: {} };
  const { form } = useDraft(`paper:${code}`, empty);

  function entryOf(door: PaperDoor): Entry {
    return form.entries[door.number] ?? emptyEntry(door, dateOf());
  }

  function tick(door: PaperDoor, entry: Entry): void {
    form.entries = { ...form.entries, [door.number]: entry };
  }

  const filled = computed(() =>
    (sheet.value?.doors ?? []).filter((door) => isOpen(door) && entryOf(door).outcome !== ''),
  );

  function lacking(): FieldErrors {
    const found = filled.value.flatMap((door) =>
      Object.entries(missing(entryOf(door))).map(([field, words]): [string, string[]] => [
        `entries.${String(door.number)}.${field}`,
        words,
      ]),
    );
    return Object.fromEntries(found);
  }

  function letGo(current: PaperDetail): void {
    const open = new Set(current.doors.filter(isOpen).map((door) => String(door.number)));
    const kept = Object.entries(form.entries).filter(([number]) => open.has(number));
    form.entries = Object.fromEntries(kept);
  }

  return { entryOf, tick, filled, lacking, letGo };
}
