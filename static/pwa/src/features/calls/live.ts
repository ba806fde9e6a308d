// An open call on a screen: it looks again when the feed says that somebody answered or was seen,
// and once it is over, whoever has ended it.
import { computed, onScopeDispose, watch } from 'vue';
import { type Cached, useCached } from '@/core/cached';
import { pull } from '@/core/feed';
import { useRow } from '@/core/held';
import { isPresent } from '@/core/presence';
import type { CallBoard, CallDetail } from './types';

const PULSE_MS = 15_000;

export function useCallBoard(id: () => string, call: Cached<CallDetail>): Cached<CallBoard> {
  const board = useCached<CallBoard>(() => `/summons/${id()}/board`);
  const { row: sign } = useRow<{ at: string }>('call_board', id);
  // Also when the sign comes, with which somebody may have answered already, and when it goes.
  watch(
    computed(() => sign.value?.at),
    () => void board.refresh(),
  );
  watch(board.data, (read) => {
    if (read && call.data.value && read.state !== call.data.value.state) void call.refresh();
  });
  const pulse = setInterval(() => {
    if (call.data.value?.state !== 'open' || !isPresent()) return;
    // An office that holds no sign of it (a subdistrict, a company) asks by itself.
    if (sign.value) void pull();
    else void board.refresh();
  }, PULSE_MS);
  onScopeDispose(() => clearInterval(pulse));
  return board;
}
