// Coming back to a list from one of its tickets: as many lines as before, at the place left.
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
  more: () => Promise<void>;
}

let left: Left | null = null;

/** Leaving for anything but a ticket of the list forgets the place. */
export function useReturning(path: () => string | null, list: Pages): void {
  const before = left?.path === path() ? left : null;
  left = null;

  async function goBack(place: Left): Promise<void> {
    while (list.items.value.length < place.lines && list.hasMore.value) {
      const had = list.items.value.length;
      await list.more();
      if (list.items.value.length === had) break;
    }
    await nextTick();
    window.scrollTo({ top: place.y });
  }

  if (before) {
    const stop = watch(list.items, (items) => {
      if (items.length === 0) return;
      stop();
      void goBack(before);
    });
    onBeforeUnmount(stop);
  }

  onBeforeRouteLeave((to) => {
    const target = path();
    const toTicket = /^\/tickets\/[^/]+$/.test(to.path) && to.path !== '/tickets/new';
    left =
      toTicket && target
        ? { path: target, lines: list.items.value.length, y: window.scrollY }
        : null;
  });
}
