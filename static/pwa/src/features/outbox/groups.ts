// The entries of this phone as the list shows them: refused, not sent yet, arrived today and before.
import { computed, type ComputedRef, type Ref } from 'vue';
import { dateOf } from '@/core/clock';
import type { OpenEntry } from '@/core/db';
import { useArrived, useOutbox } from '@/core/watch';
import { groupOf } from './standing';

export interface Groups {
  entries: Ref<OpenEntry[]>;
  photos: Ref<OpenEntry[]>;
  /** In the order in which they go. */
  unsent: ComputedRef<OpenEntry[]>;
  refused: ComputedRef<OpenEntry[]>;
  today: ComputedRef<OpenEntry[]>;
  before: ComputedRef<OpenEntry[]>;
}

const settled = (entry: OpenEntry): number => entry.settled_at ?? entry.created_at;

export function useGroups(): Groups {
  const { entries, photos } = useOutbox();
  const received = useArrived();
  const inGroup = (wanted: string) => entries.value.filter((entry) => groupOf(entry) === wanted);
  const arrived = computed(() =>
    [...inGroup('arrived'), ...received.value].sort((one, other) => settled(other) - settled(one)),
  );
  const isToday = (entry: OpenEntry): boolean => dateOf(settled(entry)) === dateOf();
  return {
    entries,
    photos,
    unsent: computed(() => inGroup('unsent')),
    refused: computed(() => inGroup('refused')),
    today: computed(() => arrived.value.filter(isToday)),
    before: computed(() => arrived.value.filter((entry) => !isToday(entry))),
  };
}
