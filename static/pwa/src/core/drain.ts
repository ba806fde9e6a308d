// Sends what waits: oldest first for each object, under a lock that all tabs and the worker share.
import { call, useCsrfToken } from './api';
import { db, type EntryContent, type OutboxEntry, type Refused } from './db';
import { resealed } from './entry';
import { plain } from './json';
import { readSession } from './owner';
import { asProblem, Problem } from './problem';
import { keepAnswer } from './rows';
import { unseal, unsealBytes } from './seal';

const LOCK = 'honglin-outbox';
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

export interface DrainOptions {
  /** Background Sync must try everything now: it is the browser that waits between its tries. */
  ignorePauses?: boolean;
}

/** A quiet end (no network, nobody signed in) leaves the rest waiting. */
class StopDraining extends Error {}

let running: Promise<number> | null = null;
let again = false;

/** Answers how many entries are still waiting. Calls while one runs share one more pass after it. */
export function drain(options: DrainOptions = {}): Promise<number> {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    try {
      let left = 0;
      do {
        again = false;
        left = await underLock(() => drainOnce(options));
      } while (wasAskedAgain());
      return left;
    } finally {
      running = null;
    }
  })();
  return running;
}

function wasAskedAgain(): boolean {
  return again;
}

async function underLock<T>(act: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return act();
  return locks.request(LOCK, act) as Promise<T>;
}

async function drainOnce(options: DrainOptions): Promise<number> {
  const session = await readSession();
  if (!session) return db.outbox.where('state').equals('waiting').count();
  useCsrfToken(session.csrf_token);
  // Under the lock nobody else sends: "sending" means that an app was closed in the middle.
  await db.outbox.where('state').equals('sending').modify({ state: 'waiting' });
  try {
    // Words first: a heavy photo on a weak network must not hold up what needs none. What cites
    // photos goes in the second round of words.
    await pass(session.person.id, (entry) => !isPhoto(entry), options);
    await pass(session.person.id, isPhoto, options);
    await pass(session.person.id, (entry) => !isPhoto(entry), options);
  } catch (error) {
    if (!(error instanceof StopDraining)) throw error;
  }
  return db.outbox.where('state').equals('waiting').count();
}

function isPhoto(entry: OutboxEntry): boolean {
  return entry.object.startsWith('media:');
}

async function pass(
  personId: string,
  wanted: (entry: OutboxEntry) => boolean,
  options: DrainOptions,
): Promise<void> {
  const waiting = (await db.outbox.orderBy('seq').toArray()).filter(
    (entry) => entry.state === 'waiting' && entry.person_id === personId && wanted(entry),
  );
  const held = new Set<string>();
  for (const entry of waiting) {
    if (held.has(entry.object)) continue;
    if (!(await sendOne(entry, options))) held.add(entry.object);
  }
}

/** True when the entry is settled; false when it and what follows about the same thing must wait. */
async function sendOne(entry: OutboxEntry, options: DrainOptions): Promise<boolean> {
  const seq = entry.seq ?? 0;
  if (!options.ignorePauses && entry.next_try_at > Date.now()) return false;
  const photos = await photosArrived(entry);
  if (photos === 'waiting') return false;
  if (photos === 'refused') {
    await refuse(entry, new Problem(422, 'photo_refused', '照片没有被收下，请换一张再试。'));
    return true;
  }
  return transmit(entry, seq);
}

async function transmit(entry: OutboxEntry, seq: number): Promise<boolean> {
  if ((await db.outbox.get(seq))?.state !== 'waiting') return true;
  await db.outbox.update(seq, { state: 'sending' });
  try {
    const answer = plain(await request(entry));
    await settle(entry, { state: 'received' }, { answer, reason: null });
    await keepAnswer(entry.object, answer);
    return true;
  } catch (error) {
    return noteFailure(entry, asProblem(error));
  }
}

async function photosArrived(entry: OutboxEntry): Promise<'arrived' | 'waiting' | 'refused'> {
  for (const hash of entry.media) {
    const photo = await db.outbox.where('object').equals(`media:${hash}`).first();
    if (photo?.state === 'refused') return 'refused';
    if (photo && photo.state !== 'received') return 'waiting';
  }
  return 'arrived';
}

async function request(entry: OutboxEntry): Promise<unknown> {
  const photo = /^media:(.+)$/.exec(entry.object)?.[1];
  const kept = photo ? await db.photos.get(photo) : undefined;
  if (photo && !kept) throw new Problem(410, 'photo_gone', '手机里已经没有这张照片了。');
  return call(entry.method, entry.path, {
    body: kept ? await unsealBytes(kept.sealed) : (await unseal<EntryContent>(entry.sealed)).body,
    key: entry.key,
    version: entry.if_match,
    timeout: kept ? 60_000 : 20_000,
  });
}

async function noteFailure(entry: OutboxEntry, problem: Problem): Promise<boolean> {
  const seq = entry.seq ?? 0;
  if (problem.status === 0 || problem.status === 401) {
    const sealed = await resealed(entry, { reason: problem.title });
    await db.outbox.update(seq, { state: 'waiting', sealed });
    throw new StopDraining();
  }
  if (problem.passing || problem.code === 'idempotency_in_progress') {
    const attempts = entry.attempts + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
    await db.outbox.update(seq, {
      state: 'waiting',
      attempts,
      next_try_at: Date.now() + pause,
      sealed: await resealed(entry, { reason: problem.title }),
    });
    return false;
  }
  await refuse(entry, problem);
  return true;
}

async function refuse(entry: OutboxEntry, problem: Problem): Promise<void> {
  const version = problem.current?.version;
  const answer: Refused = { errors: problem.errors };
  if (typeof version === 'number') answer.current_version = version;
  await settle(
    entry,
    { state: 'refused', code: problem.code },
    { reason: problem.sentence, answer: plain(answer) },
  );
}

async function settle(
  entry: OutboxEntry,
  change: Partial<OutboxEntry>,
  content: Partial<EntryContent>,
): Promise<void> {
  const sealed = await resealed(entry, content);
  await db.outbox.update(entry.seq ?? 0, { ...change, sealed, settled_at: Date.now() });
}
