// Filters of a list live in the address: the back button and a reload bring them back.
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router';

/** Every filter is a word; the empty one asks for nothing. */
export type Filters = Record<string, string>;

export function readFilters<F extends Filters>(query: LocationQuery, empty: F): F {
  const read = Object.keys(empty).map((name) => {
    const value = query[name];
    return [name, typeof value === 'string' ? value : empty[name]];
  });
  return Object.fromEntries(read) as F;
}

/** The query with these filters; what is as in `empty` is left out, what is not ours stays. */
export function writeFilters<F extends Filters>(
  query: LocationQuery,
  values: F,
  empty: F,
): LocationQueryRaw {
  const others = Object.entries(query).filter(([name]) => !(name in empty));
  const ours = Object.entries(values).filter(([name, value]) => value !== empty[name]);
  return Object.fromEntries([...others, ...ours]);
}

export function useFilters<F extends Filters>(
  empty: F,
): { filters: ComputedRef<F>; set: (patch: Partial<F>) => void; narrowed: ComputedRef<boolean> } {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(() => readFilters(route.query, empty));
  const narrowed = computed(() =>
    Object.keys(empty).some((name) => filters.value[name] !== empty[name]),
  );

  function set(patch: Partial<F>): void {
    const next = { ...filters.value, ...patch };
    void router.replace({ query: writeFilters(route.query, next, empty) });
  }

  return { filters, set, narrowed };
}
