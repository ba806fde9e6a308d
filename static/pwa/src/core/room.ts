// How much room this phone has left for us. What waits is never given up for it: read answers and
// the photos of what has arrived go first, and if that is not enough the person is told.
import { db } from './db';
import { isRecord } from './json';
import { Problem } from './problem';

const LOW_BYTES = 20 * 1024 * 1024;
const LOW_SHARE = 0.9;

export type Room = 'enough' | 'low' | 'none';

let room: Room = 'enough';
const listeners = new Set<(room: Room) => void>();

function say(now: Room): void {
  room = now;
  for (const listener of listeners) listener(room);
}

export function whenRoomChanges(listener: (room: Room) => void): void {
  listeners.add(listener);
  listener(room);
}

export function roomIn(estimate: { usage?: number; quota?: number }): Room {
  const { usage = 0, quota } = estimate;
  if (quota === undefined) return 'enough';
  return quota - usage < LOW_BYTES || usage > quota * LOW_SHARE ? 'low' : 'enough';
}

function storage(): Partial<StorageManager> {
  return (navigator as { storage?: StorageManager }).storage ?? {};
}

export async function measureRoom(): Promise<void> {
  const estimate = await storage()
    .estimate?.()
    .catch(() => null);
  if (estimate) say(roomIn(estimate));
}

/** Asks the browser not to clear what we keep when space is short. */
export async function askToPersist(): Promise<void> {
  await storage()
    .persist?.()
    .catch(() => false);
  await measureRoom();
}

/** The browser may hide the reason inside an aborted transaction. */
function isFull(error: unknown): boolean {
  if (!isRecord(error) && !(error instanceof Error)) return false;
  const { name, inner } = error as { name?: unknown; inner?: unknown };
  return name === 'QuotaExceededError' || isFull(inner);
}

function noRoom(): Problem {
  return new Problem(
    -1,
    'no_room',
    '手机存储满了，刚写的没能存下。请删掉一些照片或软件腾出地方，再试一次；以前存下的都还在。',
  );
}

/** Gives up what can be read again: answers of the server, and photos that it has. */
async function makeRoom(): Promise<void> {
  await db.cache.clear();
  const entries = await db.outbox.toArray();
  const drafts = await db.drafts.toArray();
  const needed = new Set([
    ...entries.filter((entry) => entry.state !== 'received').flatMap((entry) => entry.media),
    ...entries.filter((entry) => entry.state !== 'received').map((entry) => photoOf(entry.object)),
    ...drafts.flatMap((draft) => draft.hashes),
  ]);
  const there = entries.filter((entry) => entry.state === 'received').map((e) => photoOf(e.object));
  await db.photos.bulkDelete(there.filter((hash) => hash !== '' && !needed.has(hash)));
}

function photoOf(object: string): string {
  return object.startsWith('media:') ? object.slice('media:'.length) : '';
}

async function attempt<T>(write: () => PromiseLike<T>): Promise<{ done: T } | null> {
  try {
    return { done: await write() };
  } catch (error) {
    if (isFull(error)) return null;
    throw error;
  }
}

/** Writes; when the phone is full, makes room and tries once more; then says so. */
export async function roomy<T>(write: () => PromiseLike<T>): Promise<T> {
  const first = await attempt(write);
  if (first) {
    if (room === 'none') await measureRoom();
    return first.done;
  }
  await makeRoom().catch(() => undefined);
  const second = await attempt(write);
  say(second ? 'low' : 'none');
  if (!second) throw noRoom();
  return second.done;
}
