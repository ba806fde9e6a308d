// The board refreshes itself: a quiet question now and then, which is answered only by news.
import { onScopeDispose, type Ref, ref } from 'vue';
import { api, query } from '@/core/api';
import { type Cached, useCached } from '@/core/cached';
import { isPresent } from '@/core/presence';
import { whenReceived } from '@/core/watch';
import type { Board } from './types';

const PULSE_MS = 20_000;

export interface Live extends Cached<Board> {
  /** When the server last said that this is how things stand. */
  askedAt: Ref<number>;
  look: () => Promise<void>;
}

export function useBoard(): Live {
  const board = useCached<Board>(() => '/tickets/board');
  const askedAt = ref(Date.now());

  async function look(): Promise<void> {
    const seen = board.data.value?.mark ?? '';
    try {
      const news = await api.get<Board | undefined>('/tickets/board' + query({ seen }));
      if (news) board.data.value = news;
      board.error.value = null;
      board.fromCache.value = null;
      askedAt.value = Date.now();
    } catch {
      // No network: what was read last stands, with its time.
    }
  }

  const pulse = setInterval(() => {
    if (isPresent()) void look();
  }, PULSE_MS);
  onScopeDispose(() => clearInterval(pulse));
  whenReceived('ticket:', () => void look());
  return { ...board, askedAt, look };
}
