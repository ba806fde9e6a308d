// Reads a list to its end, page by page: for pages that group all of it.
import { ref, type Ref, shallowRef, watch } from 'vue';
import { api, type Page } from '@/core/api';
import { asProblem, type Problem } from '@/core/problem';

const MOST_PAGES = 25;

export interface Everything<T> {
  items: Ref<T[] | null>;
  error: Ref<Problem | null>;
  loading: Ref<boolean>;
  refresh: () => Promise<void>;
}

async function readAll<T>(path: string): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const join = path.includes('?') ? '&' : '?';
    const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const got: Page<T> = await api.get<Page<T>>(`${path}${join}limit=200${next}`);
    all.push(...got.items);
    cursor = got.next_cursor;
    if (cursor === null) break;
  }
  return all;
}

export function useEverything<T>(path: () => string | null): Everything<T> {
  const items = shallowRef<T[] | null>(null);
  const error = shallowRef<Problem | null>(null);
  const loading = ref(false);

  async function refresh(): Promise<void> {
    const target = path();
    if (target === null) return;
    loading.value = true;
    try {
      items.value = await readAll<T>(target);
      error.value = null;
    } catch (problem) {
      error.value = asProblem(problem);
    } finally {
      loading.value = false;
    }
  }

  watch(path, () => void refresh(), { immediate: true });
  return { items, error, loading, refresh };
}
