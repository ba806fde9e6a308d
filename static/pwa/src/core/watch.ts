// Keeps the outbox moving while a page is open, and tells the screens what waits on this phone.
import { liveQuery } from 'dexie';
import { computed, onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import { db, type OutboxEntry } from './db';
import { drain } from './drain';
import { tidy } from './outbox';

const PULSE_MS = 30_000;

/** Starts on opening, and again at every sign that the network may be back. */
export function keepDraining(): void {
  const go = (): void => void drain();
  window.addEventListener('online', go);
  window.addEventListener('focus', go);
  window.addEventListener('pageshow', go);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') go();
  });
  setInterval(() => {
    if (document.visibilityState === 'visible' && unsent.value > 0) go();
  }, PULSE_MS);
  void tidy();
  go();
}

const entries = shallowRef<OutboxEntry[]>([]);
let watching = false;

function watchEntries(): void {
  if (watching) return;
  watching = true;
  liveQuery(() => db.outbox.orderBy('seq').toArray()).subscribe((all) => {
    entries.value = all;
  });
}

const isWork = (entry: OutboxEntry): boolean => !entry.object.startsWith('media:');
const unsent = computed(
  () =>
    entries.value.filter((e) => isWork(e) && (e.state === 'waiting' || e.state === 'sending'))
      .length,
);

/** All entries that are somebody's work (photos are counted with what cites them). */
export function useOutbox(): {
  entries: Ref<OutboxEntry[]>;
  waiting: Ref<number>;
  refused: Ref<number>;
} {
  watchEntries();
  return {
    entries: computed(() => entries.value.filter(isWork)),
    waiting: unsent,
    refused: computed(() => entries.value.filter((e) => isWork(e) && e.state === 'refused').length),
  };
}

/** Calls back whenever something about `prefix` has been received since this component was made. */
export function whenReceived(prefix: string, act: () => void): void {
  const since = ref(Date.now());
  const watcher = liveQuery(() =>
    db.outbox
      .where('state')
      .equals('received')
      .and((entry) => entry.object.startsWith(prefix) && (entry.settled_at ?? 0) > since.value)
      .count(),
  ).subscribe((count) => {
    if (count === 0) return;
    since.value = Date.now();
    act();
  });
  onScopeDispose(() => watcher.unsubscribe());
}
