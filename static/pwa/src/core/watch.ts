// Keeps the outbox moving while a page is open, and tells the screens what waits on this phone.
import { liveQuery } from 'dexie';
import { computed, type ComputedRef, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';
import { db, type EntryState, type OpenEntry, type OutboxEntry, ownerId } from './db';
import { drain, type DrainOptions } from './drain';
import { opener } from './entry';
import { whenOfferedAgain } from './feed';
import { isPhoto, isStray, isUnsent } from './order';
import { refusedOf } from './refusal';
import { offerAgain, tidy } from './tidy';

const PULSE_MS = 15_000;
const UNSETTLED: EntryState[] = ['waiting', 'sending', 'refused', 'handed'];

/** A fault of the store is no reason to stop the app; the next sign tries again. */
function send(options: DrainOptions): void {
  void drain(options).catch(() => undefined);
}

/** Starts on opening, and again at every sign that the network may be back. */
export function keepDraining(): void {
  const go = (): void => send({ networkIsBack: true });
  window.addEventListener('online', go);
  window.addEventListener('focus', go);
  window.addEventListener('pageshow', go);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') go();
  });
  // Each entry has its own pause; what is not due costs no request.
  setInterval(() => {
    if (document.visibilityState === 'visible' && onTheWay.value.length > 0) send({});
  }, PULSE_MS);
  whenOfferedAgain(async () => {
    await offerAgain();
    send({ ignorePauses: true });
  });
  watchUnsettled();
  void tidy().catch(() => undefined);
  go();
}

async function mine(states: EntryState[]): Promise<OutboxEntry[]> {
  const owner = await ownerId();
  const entries = await db.outbox.where('state').anyOf(states).sortBy('seq');
  return entries.filter((entry) => entry.person_id === owner);
}

/** Shows the entries in these states, opened, as they change; answers how to stop. */
function showIn(shown: Ref<OpenEntry[]>, states: EntryState[]): () => void {
  const open = opener();
  let turn = 0;

  async function show(found: OutboxEntry[]): Promise<void> {
    const now = ++turn;
    const opened = await open(found);
    if (now === turn) shown.value = opened;
  }

  // Async itself: only then does the query notice what is read after an await.
  const watcher = liveQuery(async () => mine(states)).subscribe((found) => void show(found));
  return () => watcher.unsubscribe();
}

const all = shallowRef<OpenEntry[]>([]);
const onTheWay = computed(() => all.value.filter((one) => isUnsent(one) && !isPhoto(one)));
const looked = ref(false);
let watching = false;

function watchUnsettled(): void {
  if (watching) return;
  watching = true;
  watch(all, () => (looked.value = true), { once: true, flush: 'sync' });
  showIn(all, UNSETTLED);
}

const isWork = (entry: OutboxEntry): boolean => !isPhoto(entry) && !isStray(entry);

/** What is not settled for good. Photos and what goes to the leader are shown with their record. */
export function useOutbox(): {
  entries: Ref<OpenEntry[]>;
  photos: Ref<OpenEntry[]>;
  waiting: Ref<number>;
  refused: Ref<number>;
  /** Until the store has been read once, nobody knows what waits. */
  looked: Ref<boolean>;
} {
  watchUnsettled();
  return {
    looked,
    entries: computed(() => all.value.filter(isWork)),
    photos: computed(() => all.value.filter(isPhoto)),
    waiting: computed(() => onTheWay.value.length),
    refused: computed(() => all.value.filter((e) => isWork(e) && e.state === 'refused').length),
  };
}

export interface Trouble {
  reason: string;
  errors: Record<string, string[]>;
}

/** Why this form, as it lies in the list, was not taken; null when it was not refused. */
export function useTrouble(form: () => string): ComputedRef<Trouble | null> {
  watchUnsettled();
  return computed(() => {
    const entry = all.value.find((one) => one.state === 'refused' && one.form === form());
    return entry ? { reason: entry.reason ?? '', errors: refusedOf(entry.answer).errors } : null;
  });
}

/** What has arrived in the last thirty days. */
export function useArrived(): Ref<OpenEntry[]> {
  const arrived = shallowRef<OpenEntry[]>([]);
  onScopeDispose(showIn(arrived, ['received']));
  return computed(() => arrived.value.filter(isWork));
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
