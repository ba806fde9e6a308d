// How many messages wait unread; shown on the tab. The change feed brings them.
import { computed } from 'vue';
import { pull } from '@/core/feed';
import { rowsOf } from '@/core/held';

export interface Told {
  link: string;
  read_at: string | null;
}

/** What the phone holds of the inbox; null until it has looked. */
export const told = computed(() => rowsOf('inbox').value as Told[] | null);

export const unread = computed(
  () => (told.value ?? []).filter((item) => item.read_at === null).length,
);

export const refreshUnread = pull;
