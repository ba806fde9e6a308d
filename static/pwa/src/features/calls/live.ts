// An open call on a screen: it looks again when the feed says that somebody answered or was seen,
// and once it is over, whoever has ended it.
import { computed, type ComputedRef, onScopeDispose, ref, watch } from 'vue';
import { type Cached, useCached } from '@/core/cached';
import { feedState, pull } from '@/core/feed';
import { useRow } from '@/core/held';
import { isPresent } from '@/core/presence';
import type { CallBoard, CallDetail } from './types';

const PULSE_MS = 15_000;

export interface LiveBoard extends Cached<CallBoard> {
  /** The moment of which it speaks: nobody asks for a screen that nobody uses, or without a network. */
  asOf: ComputedRef<string>;
}

export function useCallBoard(id: () => string, call: Cached<CallDetail>): LiveBoard {
  const board = useCached<CallBoard>(() => `/summons/${id()}/board`);
  const { row: sign } = useRow<{ at: string }>('call_board', id);
  // Also when the sign comes, with which somebody may have answered already, and when it goes.
  watch(
    computed(() => sign.value?.at),
    () => void board.refresh(),
  );
  const readAt = ref(0);
  watch(board.data, (read) => {
    if (read) readAt.value = board.fromCache.value ?? Date.now();
    if (read && call.data.value && read.state !== call.data.value.state) void call.refresh();
  });
  const pulse = setInterval(() => {
    if (call.data.value?.state !== 'open' || !isPresent()) return;
    // An office that holds no sign of it (a subdistrict, a company) asks by itself.
    if (sign.value) void pull();
    else void board.refresh();
  }, PULSE_MS);
  onScopeDispose(() => clearInterval(pulse));
  // The feed brought nothing new since: it holds as of then, too.
  const heardAt = computed(() => (sign.value && !board.error.value ? feedState.syncedAt : null));
  const asOf = computed(() => new Date(Math.max(readAt.value, heardAt.value ?? 0)).toISOString());
  return { ...board, asOf };
}
