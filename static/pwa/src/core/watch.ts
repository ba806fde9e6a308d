// Keeps the outbox moving while a page is open, and tells the screens what waits on this phone.
import { liveQuery } from 'dexie';
import { computed, onScopeDispose, type Ref, ref, shallowRef } from 'vue';
import { db, type OpenEntry, type OutboxEntry, ownerId } from './db';
import { drain } from './drain';
import { openEntry } from './entry';
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

const entries = shallowRef<OpenEntry[]>([]);
let watching = false;
let turn = 0;

async function mine(): Promise<OutboxEntry[]> {
  const owner = await ownerId();
  return (await db.outbox.orderBy('seq').toArray()).filter((entry) => entry.person_id === owner);
}

async function show(all: OutboxEntry[]): Promise<void> {
  const now = ++turn;
  const open = await Promise.all(all.map(openEntry));
  if (now === turn) entries.value = open;
}

function watchEntries(): void {
  if (watching) return;
  watching = true;
  liveQuery(mine).subscribe((all) => void show(all));
}

const isWork = (entry: OutboxEntry): boolean => !entry.object.startsWith('media:');
const unsent = computed(
  () =>
    entries.value.filter((e) => isWork(e) && (e.state === 'waiting' || e.state === 'sending'))
      .length,
);

/** All entries that are somebody's work (photos are counted with what cites them). */
export function useOutbox(): {
  entries: Ref<OpenEntry[]>;
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
