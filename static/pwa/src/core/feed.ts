// The change feed: asks what is new for this person, and keeps it. One tab asks for all.
import { liveQuery } from 'dexie';
import { reactive, watch } from 'vue';
import { api, query } from './api';
import { dateOf } from './clock';
import { db, ownerId, readSetting, readText } from './db';
import { isPresent, watchPresence } from './presence';
import { asProblem, type Problem } from './problem';
import { roomy } from './room';
import { type FeedAnswer, nothingNew, prune, startAnew, take } from './rows';

const LOCK = 'honglin-feed';
const PULSE_MS = 60_000;
const PAUSE_MS = 800;
const FIRST_READING_MS = 4_000;
const FRESH_MS = 5_000;
const KEEP_ANSWERS_MS = 14 * 86_400_000;
const ROWS_AT_ONCE = 200;

interface FeedState {
  /** When the phone was last up to date; null when it never was. */
  syncedAt: number | null;
  syncing: boolean;
  problem: Problem | null;
}

export const feedState = reactive<FeedState>({ syncedAt: null, syncing: false, problem: null });

let offerAgain: (() => Promise<void>) | null = null;

/** What the outbox does when the server has lost days: it offers what it sent once more. */
export function whenOfferedAgain(act: () => Promise<void>): void {
  offerAgain = act;
}

let asked = false;
let running: Promise<void> | null = null;

/** Brings the phone up to date. Calls while one runs share one more round after it. */
export function pull(): Promise<void> {
  asked = true;
  running ??= rounds().finally(() => (running = null));
  return running;
}

/** A page was opened: what it shows should be of now, and a moment ago is now. */
export function freshen(): void {
  if (Date.now() - (feedState.syncedAt ?? 0) > FRESH_MS) void pull();
}

async function rounds(): Promise<void> {
  while (wanted()) {
    const since = Date.now();
    await underLock(() => pullAll(since));
  }
}

function wanted(): boolean {
  const now = asked;
  asked = false;
  return now;
}

async function underLock(act: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  await (locks ? locks.request(LOCK, act) : act());
}

/** Whether another tab was quicker. A moment yet to come is from a clock that was set right since. */
async function wasReadSince(since: number): Promise<boolean> {
  const at = Number(await readSetting('synced_at'));
  return at > since && at <= Date.now();
}

async function pullAll(since: number): Promise<void> {
  const owner = await ownerId();
  if (!owner || (await wasReadSince(since))) return;
  feedState.syncing = true;
  try {
    while (await pullOnce(owner));
    feedState.problem = null;
    await settle();
  } catch (error) {
    feedState.problem = asProblem(error);
  } finally {
    feedState.syncing = false;
  }
}

/** One answer, taken whole together with its cursor. True when there is more. */
async function pullOnce(owner: string): Promise<boolean> {
  const cursor = await readText('cursor');
  const at = Date.now();
  const answer = await ask(cursor);
  if (!answer) return nothingNew({ owner, cursor, at });
  return (await roomy(() => take(answer, { owner, cursor, at }))) && answer.more;
}

let ahead: Promise<FeedAnswer | undefined> | null = null;

/** On a phone that knows nobody yet: asks together with who is signed in, not after it. */
export function askAhead(): void {
  ahead = request('');
  ahead.catch(forgetAhead);
}

/** Nobody was signed in: what was asked ahead is nobody's, and no later person's either. */
export function forgetAhead(): void {
  ahead = null;
}

function request(cursor: string): Promise<FeedAnswer | undefined> {
  if (cursor === '' && ahead) {
    const answer = ahead;
    ahead = null;
    return answer;
  }
  return api.get(`/sync${query({ cursor, limit: ROWS_AT_ONCE })}`);
}

/** Undefined: nothing is new. */
async function ask(cursor: string): Promise<FeedAnswer | undefined> {
  try {
    return await request(cursor);
  } catch (error) {
    // A cursor that the server cannot read would fail for ever.
    if (cursor !== '' && asProblem(error).status === 422) await startAnew();
    throw error;
  }
}

async function settle(): Promise<void> {
  await prune(dateOf(), Date.now() - KEEP_ANSWERS_MS);
  if (offerAgain && (await readSetting('offer_again')) === true) {
    await offerAgain();
    await db.settings.delete('offer_again');
  }
}

/** Calls back when entries of the outbox have been received, once for many. */
function whenSomethingWasSent(act: () => void): void {
  let before: number[] | null = null;
  let timer = 0;
  liveQuery(() => db.outbox.where('state').equals('received').primaryKeys()).subscribe((keys) => {
    if (before && keys.some((key) => !before?.includes(key))) {
      clearTimeout(timer);
      timer = window.setTimeout(act, PAUSE_MS);
    }
    before = keys;
  });
}

export function keepUpToDate(): void {
  watchPresence();
  liveQuery(() => readSetting('synced_at')).subscribe((at) => {
    feedState.syncedAt = typeof at === 'number' ? at : null;
  });
  const go = (): void => void pull();
  liveQuery(ownerId).subscribe((owner) => {
    if (owner) go();
  });
  whenSomethingWasSent(go);
  window.addEventListener('online', go);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') go();
  });
  setInterval(() => {
    if (isPresent()) go();
  }, PULSE_MS);
}

/** When the phone is up to date for the first time, or enough time has gone by: what takes up the
 * line without being urgent waits for this. */
export function firstReading(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop();
      resolve();
    };
    const stop = watch(
      () => feedState.syncedAt !== null || feedState.problem !== null,
      (settled) => {
        if (settled) done();
      },
    );
    setTimeout(done, feedState.syncedAt === null ? FIRST_READING_MS : 0);
  });
}
