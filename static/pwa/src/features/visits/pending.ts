// Which visits have something waiting on this phone. What went to the leader is not ours any more.
import { computed, type ComputedRef } from 'vue';
import type { OpenEntry } from '@/core/db';
import { useOutbox } from '@/core/watch';

export function usePending(): ComputedRef<Map<string, OpenEntry>> {
  const { entries } = useOutbox();
  return computed(
    () =>
      new Map(
        entries.value
          .filter((entry) => entry.object.startsWith('visit:') && entry.state !== 'handed')
          .map((entry) => [entry.object.slice('visit:'.length), entry]),
      ),
  );
}
