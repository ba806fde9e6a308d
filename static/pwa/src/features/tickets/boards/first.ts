// Whether a board has to say what comes before all work: an administrator has no community yet.
import { computed, type ComputedRef, type Ref } from 'vue';
import type { Page } from '@/core/api';
import { useCached } from '@/core/cached';
import type { Board } from './types';

const WHERE = '/places/divisions?limit=200';

/** Nothing waits, and there is no work: it may be that nothing can come yet. */
export function isBare(board: Board): boolean {
  return board.work.length === 0 && board.parts.every((part) => part.count === 0);
}

export function hasCommunity(places: { kind: string }[]): boolean {
  return places.some((place) => place.kind === 'community');
}

/** Null while it is not known. Asked only by an administrator, and only of a board without a matter. */
export function useBeginning(
  board: Ref<Board | null>,
  isAdmin: Ref<boolean>,
): ComputedRef<boolean | null> {
  const doubtful = computed(() => isAdmin.value && board.value !== null && isBare(board.value));
  const { data, error } = useCached<Page<{ kind: string }>>(() => (doubtful.value ? WHERE : null));
  return computed(() => {
    if (!doubtful.value) return false;
    if (data.value) return !hasCommunity(data.value.items);
    return error.value ? false : null;
  });
}
