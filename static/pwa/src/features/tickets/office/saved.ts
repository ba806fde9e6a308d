// The filters that a person keeps, and those that colleagues share with them.
import { ref } from 'vue';
import { api } from '@/core/api';

export interface SavedFilter {
  id: string;
  name: string;
  query: string;
  shared_with: string | null;
  mine: boolean;
  owner_name: string | null;
  is_default: boolean;
  version: number;
}

const PATH = '/tickets/filters';

export const savedFilters = ref<SavedFilter[]>([]);
/** What was taken away last, as long as it can be brought back. */
export const dropped = ref<SavedFilter | null>(null);

export async function loadFilters(): Promise<void> {
  try {
    savedFilters.value = (await api.get<{ items: SavedFilter[] }>(PATH)).items;
  } catch {
    // No network: those last known stand.
  }
}

export async function keepFilter(name: string, query: string, share: string): Promise<void> {
  await api.post(PATH, { name, query, shared_with: share || null });
  await loadFilters();
}

export async function changeFilter(
  one: SavedFilter,
  said: Partial<Pick<SavedFilter, 'name' | 'query' | 'shared_with'>>,
): Promise<void> {
  await api.patch(`${PATH}/${one.id}`, said, { version: one.version });
  await loadFilters();
}

export async function dropFilter(one: SavedFilter): Promise<void> {
  await api.delete(`${PATH}/${one.id}`);
  dropped.value = one;
  await loadFilters();
}

/** Brings back what was taken away last, as it was; it stands last now. */
export async function undrop(): Promise<void> {
  const one = dropped.value;
  if (!one) return;
  const { id, name, query, shared_with } = one;
  await api.post(PATH, { id, name, query, shared_with });
  dropped.value = null;
  if (one.is_default) await openWith(id);
  else await loadFilters();
}

export async function openWith(id: string | null): Promise<void> {
  savedFilters.value = (await api.put<{ items: SavedFilter[] }>(`${PATH}/default`, { id })).items;
}

/** One's own ids with this one a place earlier or later. */
export function moved(filters: SavedFilter[], id: string, by: 1 | -1): string[] {
  const ids = filters.filter((one) => one.mine).map((one) => one.id);
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  [ids[at], ids[to]] = [ids[to] ?? '', ids[at] ?? ''];
  return ids;
}

export async function moveFilter(id: string, by: 1 | -1): Promise<void> {
  const ids = moved(savedFilters.value, id, by);
  savedFilters.value = (await api.put<{ items: SavedFilter[] }>(`${PATH}/order`, { ids })).items;
}
