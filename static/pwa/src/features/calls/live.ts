// The board of an open call looks again when the feed says that somebody answered or was seen.
import { computed, onScopeDispose, watch } from 'vue';
import { type Cached, useCached } from '@/core/cached';
import { pull } from '@/core/feed';
import { useRow } from '@/core/held';
import { isPresent } from '@/core/presence';
import type { CallBoard } from './types';

const PULSE_MS = 15_000;

export function useCallBoard(id: () => string, open: () => boolean): Cached<CallBoard> {
  const board = useCached<CallBoard>(() => `/summons/${id()}/board`);
  const { row: sign } = useRow<{ at: string }>('call_board', id);
  watch(
    computed(() => sign.value?.at),
    (at, before) => {
      if (at && before) void board.refresh();
    },
  );
  const pulse = setInterval(() => {
    if (!open() || !isPresent()) return;
    // An office that holds no sign of it (a subdistrict, a company) asks by itself.
    if (sign.value) void pull();
    else void board.refresh();
  }, PULSE_MS);
  onScopeDispose(() => clearInterval(pulse));
  return board;
}
