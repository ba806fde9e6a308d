// A list keeps its place: as many lines as before, after one acted on one of them, and when one
// comes back from a ticket's own page (on a phone).
import { nextTick, onBeforeUnmount, type Ref, watch } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

interface Left {
  path: string;
  lines: number;
  y: number;
}

interface Pages {
  items: Ref<unknown[]>;
  hasMore: Ref<boolean>;
  fromCache: Ref<number | null>;
  loading: Ref<boolean>;
  more: () => Promise<void>;
  refresh: () => Promise<void>;
}

let left: Left | null = null;

async function fill(list: Pages, lines: number): Promise<void> {
  while (list.items.value.length < lines && list.hasMore.value) {
    const had = list.items.value.length;
    await list.more();
    if (list.items.value.length === had) return;
  }
}

/** Once the list is as the server has it now, or as it was kept if there is no network. */
function whenRead(list: Pages, act: () => void): void {
  const stop = watch([list.items, list.fromCache, list.loading], ([items, , loading]) => {
    if (items.length === 0 || loading) return;
    stop();
    act();
  });
  onBeforeUnmount(stop);
}

/** Leaving for anything but a ticket of the list forgets the place. */
export function useReturning(path: () => string | null, list: Pages): () => Promise<void> {
  const before = left?.path === path() ? left : null;
  left = null;

  if (before) {
    whenRead(list, () => {
      void fill(list, before.lines)
        .then(() => nextTick())
        .then(() => window.scrollTo({ top: before.y }));
    });
  }

  onBeforeRouteLeave((to) => {
    const target = path();
    const toTicket = /^\/tickets\/[^/]+$/.test(to.path) && to.path !== '/tickets/new';
    left =
      toTicket && target
        ? { path: target, lines: list.items.value.length, y: window.scrollY }
        : null;
  });

  return async () => {
    const lines = list.items.value.length;
    await list.refresh();
    await fill(list, lines);
  };
}
