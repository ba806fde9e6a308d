// How much waits for a leader's or the committee's word. What the inbox says brings a new count, so
// that nobody else asks for anything.
import { computed, ref, watch } from 'vue';
import type { Page } from '@/core/api';
import { keptReading, readAndKeep } from '@/core/cached';
import { rowsOf } from '@/core/held';
import { isRecord } from '@/core/json';
import { home, signedIn } from '@/core/session';

export const DISPUTED = '/visits/disputed';
export const STRAYS = '/visits/strays?state=waiting';
const KINDS = ['visit_dispute', 'visit_stray'];

export const settleCount = ref(0);

interface Told {
  id: string;
  kind: string;
  read_at: string | null;
}

/** Changes whenever something came to be settled or was; empty for who never settles anything. */
const signs = computed(() => {
  if (!signedIn.value) return '';
  const told = ((rowsOf('inbox').value ?? []) as Told[]).filter(({ kind }) => KINDS.includes(kind));
  const mine = told.map(({ id, read_at }) => `${id} ${read_at ?? ''}`).sort();
  return mine.join() || (home.value === 'committee' ? 'committee' : '');
});

async function lengthOf(path: string): Promise<number> {
  const got = await readAndKeep<Page<unknown>>(path);
  if (!got.error) return got.body.items.length;
  const kept = (await keptReading(path))?.body;
  return isRecord(kept) && Array.isArray(kept.items) ? kept.items.length : 0;
}

export async function recount(): Promise<void> {
  const counts = await Promise.all([DISPUTED, STRAYS].map(lengthOf));
  settleCount.value = counts.reduce((sum, count) => sum + count, 0);
}

export function keepCounting(): void {
  watch(
    signs,
    (now) => {
      if (now === '') settleCount.value = 0;
      else void recount();
    },
    { immediate: true },
  );
}
