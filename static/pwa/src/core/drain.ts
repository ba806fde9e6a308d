// Sends what waits: oldest first for each object, under a lock that all tabs and the worker share.
import { useCsrfToken } from './api';
import { db, type OutboxEntry } from './db';
import { holderOf, isPhoto, seqOf } from './order';
import { readSession } from './owner';
import { NO_NETWORK, type Round, sendOne, StopDraining } from './sending';

const LOCK = 'honglin-outbox';

export interface DrainOptions {
  /** The person, or the browser in its sync event, wants everything tried now. */
  ignorePauses?: boolean;
  /** A sign that there is a network again: what only lacked one is tried now. */
  networkIsBack?: boolean;
}

let running: Promise<number> | null = null;
let next: DrainOptions | null = null;

/** Answers how many entries could still go. Calls while one runs share one more run after it. */
export function drain(options: DrainOptions = {}): Promise<number> {
  if (running) next = joined(next ?? {}, options);
  running ??= runs(options).finally(() => (running = null));
  return running;
}

async function runs(options: DrainOptions): Promise<number> {
  next = options;
  let left = 0;
  for (let now = takeNext(); now; now = takeNext()) left = await run(now);
  return left;
}

function takeNext(): DrainOptions | null {
  const now = next;
  next = null;
  return now;
}

function run(options: DrainOptions): Promise<number> {
  return underLock(() => drainOnce(options));
}

function joined(one: DrainOptions, other: DrainOptions): DrainOptions {
  return {
    ignorePauses: one.ignorePauses === true || other.ignorePauses === true,
    networkIsBack: one.networkIsBack === true || other.networkIsBack === true,
  };
}

async function underLock<T>(act: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return act();
  return locks.request(LOCK, act) as Promise<T>;
}

async function drainOnce(options: DrainOptions): Promise<number> {
  const session = await readSession();
  if (!session) return 0;
  const round = roundOf(session.person.id, options);
  useCsrfToken(session.csrf_token, round.personId);
  // Under the lock nobody else sends: "sending" means that an app was closed in the middle.
  await db.outbox.where('state').equals('sending').modify({ state: 'waiting' });
  try {
    // Words first: a heavy photo on a weak network must not hold up what needs none. What cites
    // photos goes in the second round of words.
    await round.words();
    await pass(round, isPhoto);
    await round.words();
  } catch (error) {
    if (!(error instanceof StopDraining)) throw error;
  }
  return couldGo(await unsettled(round.personId));
}

function roundOf(personId: string, options: DrainOptions): Round {
  const round: Round = {
    personId,
    isPaused: (entry) =>
      entry.next_try_at > Date.now() &&
      !options.ignorePauses &&
      !(options.networkIsBack && entry.code === NO_NETWORK),
    tried: new Set(),
    misses: 0,
    words: async () => {
      while (await pass(round, (entry) => !isPhoto(entry))); // a record handed on is one more
    },
  };
  return round;
}

async function unsettled(personId: string): Promise<OutboxEntry[]> {
  const entries = await db.outbox.where('state').anyOf('waiting', 'sending', 'refused').toArray();
  return entries
    .filter((entry) => entry.person_id === personId)
    .sort((one, other) => seqOf(one) - seqOf(other));
}

/** One walk over what is not settled; true when it made a new entry that may go at once. */
async function pass(round: Round, wanted: (entry: OutboxEntry) => boolean): Promise<boolean> {
  const before: OutboxEntry[] = [];
  let handed = false;
  for (const entry of await unsettled(round.personId)) {
    const turn = entry.state === 'waiting' && wanted(entry) && holderOf(entry, before) === null;
    const state = turn ? await sendOne(entry, round) : entry.state;
    handed ||= state === 'handed';
    if (state !== 'received' && state !== 'handed') before.push({ ...entry, state });
  }
  return handed;
}

/** What waits for something refused cannot go before a person has mended that. */
function couldGo(entries: OutboxEntry[]): number {
  const stuck: OutboxEntry[] = [];
  for (const entry of entries)
    if (entry.state === 'refused' || holderOf(entry, stuck)) stuck.push(entry);
  return entries.length - stuck.length;
}
