// How many messages wait unread; shown on the tab. The change feed brings them.
import { computed } from 'vue';
import { pull } from '@/core/feed';
import { rowsOf } from '@/core/held';

export const unread = computed(() => {
  const items = (rowsOf('inbox').value ?? []) as { read_at: string | null }[];
  return items.filter((item) => item.read_at === null).length;
});

export const refreshUnread = pull;
