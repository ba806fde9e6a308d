// Reading: the phone's copy at once, then the server's. What was opened once is readable offline.
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { api, type Page } from './api';
import { db, ownerId } from './db';
import { type Json, plain } from './json';
import { asProblem, type Problem } from './problem';
import { putFor } from './owner';
import { seal, unseal } from './seal';

export interface Cached<T> {
  data: Ref<T | null>;
  /** When the shown copy was read, if it comes from the phone and not from the server just now. */
  fromCache: Ref<number | null>;
  error: Ref<Problem | null>;
  loading: Ref<boolean>;
  refresh: () => Promise<void>;
}

/** Lists that seldom change are not read again while the phone's copy is younger than this. */
export const SELDOM_MS = 6 * 3_600_000;

/** `path` under /api/v1, or null while it is not known yet. A copy younger than `freshFor` will do. */
export function useCached<T>(path: () => string | null, freshFor = 0): Cached<T> {
  const shown = {
    data: shallowRef<T | null>(null) as Ref<T | null>,
    fromCache: ref<number | null>(null),
    error: shallowRef<Problem | null>(null),
    loading: ref(false),
  };
  let turn = 0;

  async function read(target: string, mine: number): Promise<void> {
    shown.loading.value = true;
    const got = await readAndKeep<T>(target);
    if (mine !== turn) return;
    shown.loading.value = false;
    shown.error.value = got.error;
    if (!got.error) show(got.body, null);
  }

  async function open(target: string | null): Promise<void> {
    const mine = ++turn;
    show(null, null);
    shown.error.value = null;
    if (target === null) return;
    const kept = await keptReading(target);
    if (mine !== turn) return;
    if (kept) show(kept.body as T, kept.at);
    if (!kept || kept.at <= Date.now() - freshFor) await read(target, mine);
  }

  function show(body: T | null, at: number | null): void {
    shown.data.value = body;
    shown.fromCache.value = at;
  }

  async function refresh(): Promise<void> {
    const target = path();
    if (target !== null) await read(target, ++turn);
  }

  watch(path, (target) => void open(target), { immediate: true });
  refreshOnReturn(refresh);
  return { ...shown, refresh };
}

type Got<T> = { error: null; body: T } | { error: Problem };

export async function readAndKeep<T>(target: string): Promise<Got<T>> {
  try {
    const body = await api.get<T>(target);
    await keepReading(target, body);
    return { error: null, body };
  } catch (problem) {
    return { error: asProblem(problem) };
  }
}

/** Keeps an answer for later. That there is no room for it is no reason not to show it. */
async function keepReading(path: string, body: unknown): Promise<void> {
  const person = await ownerId();
  if (!person) return;
  try {
    const sealed = await seal(plain(body));
    await putFor(person, db.cache, { path, at: Date.now(), sealed });
  } catch {
    // It is shown, and will be read again.
  }
}

/** The phone's copy; one that cannot be opened any more is none. */
export async function keptReading(path: string): Promise<{ body: Json; at: number } | null> {
  const kept = await db.cache.get(path);
  const body = kept ? await unseal(kept.sealed).catch(() => null) : null;
  return kept && body !== null ? { body, at: kept.at } : null;
}

function refreshOnReturn(refresh: () => Promise<void>): void {
  if (typeof window === 'undefined') return;
  const again = (): void => void refresh();
  window.addEventListener('online', again);
  onScopeDispose(() => window.removeEventListener('online', again));
}

export interface Pages<T> extends Cached<Page<T>> {
  items: Ref<T[]>;
  hasMore: Ref<boolean>;
  more: () => Promise<void>;
}

/** A list that goes on: the first page as `useCached`, further ones on request. */
export function usePages<T>(path: () => string | null): Pages<T> {
  const first = useCached<Page<T>>(path);
  const items = shallowRef<T[]>([]);
  const hasMore = ref(false);
  let cursor: string | null = null;

  watch(
    first.data,
    (page) => {
      items.value = page?.items ?? [];
      cursor = page?.next_cursor ?? null;
      hasMore.value = cursor !== null;
    },
    { immediate: true },
  );

  async function more(): Promise<void> {
    const target = path();
    if (target === null || cursor === null) return;
    try {
      const join = target.includes('?') ? '&' : '?';
      const page = await api.get<Page<T>>(`${target}${join}cursor=${encodeURIComponent(cursor)}`);
      items.value = [...items.value, ...page.items];
      cursor = page.next_cursor;
      hasMore.value = cursor !== null;
    } catch (problem) {
      first.error.value = asProblem(problem);
    }
  }

  return { ...first, items, hasMore, more };
}
