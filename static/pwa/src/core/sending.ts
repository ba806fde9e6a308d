// One entry on its way: sent with its key, and then received, refused, handed on, or waiting longer.
import { exchange, type Exchange } from './api';
import { db, type EntryState, type OpenEntry, type OutboxEntry, ownerId } from './db';
import { openEntry, resealed } from './entry';
import { hashOf, isPhoto, photoObject, seqOf } from './order';
import { asProblem, Problem } from './problem';
import { Unreadable, unsealBytes } from './seal';
import { received, refused } from './settling';
import { isVisitRecord } from './strays';
import { Unwanted, upload } from './upload';

const TIMEOUT_MS = 20_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const LONGEST_WITHOUT_NETWORK_MS = 60_000;
/** One lost connection may be the fault of one entry; two in a row mean that there is no network. */
const MOST_MISSES = 2;
const MOST_SPOILT = 3;

/** Why an entry waits, where the reason is only that. */
export const NO_NETWORK = 'no_network';

/** A quiet end (no network, nobody signed in) leaves the rest waiting. */
export class StopDraining extends Error {}

/** One run under the lock. */
export interface Round {
  personId: string;
  isPaused: (entry: OutboxEntry) => boolean;
  /** What failed in this run is not tried again in it. */
  tried: Set<number>;
  misses: number;
  /** Sends the words that are ready; asked between two pieces of a photo. */
  words: () => Promise<void>;
}

/** Sends an entry whose turn it is; answers where it stands then. */
export async function sendOne(entry: OutboxEntry, round: Round): Promise<EntryState> {
  if (round.isPaused(entry) || round.tried.has(seqOf(entry))) return 'waiting';
  const photos = await photosOf(entry);
  if (photos === 'waiting') return 'waiting';
  if ((await ownerId()) !== round.personId) throw new StopDraining();
  if (!(await take(seqOf(entry)))) return stateNow(entry);
  const taken = { ...entry, attempts: entry.attempts + 1 };
  try {
    if (photos === 'refused') throw photoRefused();
    return await sent(taken, round);
  } catch (error) {
    return failed(taken, error, round);
  }
}

/** One that the person took back holds up nothing. */
async function stateNow(entry: OutboxEntry): Promise<EntryState> {
  return (await db.outbox.get(seqOf(entry)))?.state ?? 'received';
}

/** Only what still waits is sent; counted before, so that a crash on the way is known afterwards. */
async function take(seq: number): Promise<boolean> {
  const taken = await db.outbox
    .where('seq')
    .equals(seq)
    .and((entry) => entry.state === 'waiting')
    .modify((entry) => {
      entry.state = 'sending';
      entry.attempts += 1;
    });
  return taken === 1;
}

async function photosOf(entry: OutboxEntry): Promise<'arrived' | 'waiting' | 'refused'> {
  for (const hash of entry.media) {
    const photo = await db.outbox
      .where('object')
      .equals(photoObject(hash))
      .and((one) => one.person_id === entry.person_id)
      .first();
    if (photo?.state === 'refused') return 'refused';
    if (photo && photo.state !== 'received') return 'waiting';
  }
  return 'arrived';
}

function photoRefused(): Problem {
  return new Problem(422, 'photo_refused', '照片没有被收下，请换一张再试。');
}

async function sent(entry: OutboxEntry, round: Round): Promise<EntryState> {
  const open = await openEntry(entry);
  const got = isPhoto(entry) ? await sendPhoto(open, round) : await sendWords(open);
  round.misses = 0;
  await received(open, got);
  return 'received';
}

function sendWords(entry: OpenEntry): Promise<Exchange<unknown>> {
  const { body, key, if_match: version } = entry;
  return exchange(entry.method, entry.path, { body, key, version, timeout: TIMEOUT_MS });
}

async function sendPhoto(entry: OpenEntry, round: Round): Promise<Exchange<unknown>> {
  const seq = seqOf(entry);
  const hash = hashOf(entry);
  const kept = await db.photos.get(hash);
  const blob = kept ? await unsealBytes(kept.sealed) : null;
  const ask = entry.receipt !== null || entry.attempts > 1;

  async function goOn(arrived: number, total: number): Promise<boolean> {
    round.misses = 0;
    const answer = { received: arrived, total };
    await db.outbox.update(seq, { sealed: await resealed(entry, { answer }) });
    await round.words();
    const wanted = (await db.outbox.get(seq))?.state === 'sending';
    return wanted && (await ownerId()) === round.personId;
  }

  const got = await upload({ hash, key: entry.key, blob, ask }, goOn);
  return { ...got, body: null };
}

async function failed(entry: OutboxEntry, error: unknown, round: Round): Promise<EntryState> {
  if (error instanceof StopDraining || error instanceof Unwanted) return untried(entry, error);
  const problem = problemIn(error);
  if (problem.status === 0) return withoutNetwork(entry, round);
  round.misses = 0;
  if (problem.status === 401) return untried(entry, new StopDraining());
  if (isLater(problem, entry)) return pause(entry, problem, round);
  return (await sentAnyway(entry, problem, round)) ?? refused(entry, problem);
}

/** It was not this entry's fault, and everything else ends here too. */
async function untried(entry: OutboxEntry, error: StopDraining | Unwanted): Promise<EntryState> {
  await wait(entry, { attempts: entry.attempts - 1 });
  if (error instanceof StopDraining) throw error;
  return 'waiting';
}

function problemIn(error: unknown): Problem {
  if (!(error instanceof Unreadable)) return asProblem(error);
  return new Problem(410, 'unreadable', '这一条在手机里打不开了，请重新记一次。');
}

/** The server was busy, did not answer as our server, or something broke on the phone or the way. */
function isLater(problem: Problem, entry: OutboxEntry): boolean {
  if (problem.code === 'wrong_hash') return entry.attempts < MOST_SPOILT;
  const foreign = problem.code.startsWith('http_') && problem.status !== 413;
  const ours = problem.code === 'idempotency_in_progress' || problem.code.startsWith('csrf');
  return problem.passing || problem.status < 0 || foreign || ours;
}

/**
 * What was seen at a door does not depend on the version of the visit: it goes again with the
 * present one. A visit that is over is refused then for what it is.
 */
async function sentAnyway(
  entry: OutboxEntry,
  problem: Problem,
  round: Round,
): Promise<EntryState | null> {
  const version = problem.current?.version;
  const outdated = problem.code === 'stale' && isVisitRecord(entry);
  if (!outdated || typeof version !== 'number' || version === entry.if_match) return null;
  await wait(entry, { if_match: version });
  return sendOne({ ...entry, state: 'waiting', if_match: version, next_try_at: 0 }, round);
}

async function wait(entry: OutboxEntry, change: Partial<OutboxEntry>): Promise<void> {
  await db.outbox.update(seqOf(entry), { ...change, state: 'waiting' });
}

async function withoutNetwork(entry: OutboxEntry, round: Round): Promise<EntryState> {
  await hold(entry, NO_NETWORK, spread(entry.attempts, LONGEST_WITHOUT_NETWORK_MS));
  round.tried.add(seqOf(entry));
  round.misses += 1;
  if (round.misses >= MOST_MISSES || !navigatorOnline()) throw new StopDraining();
  return 'waiting';
}

async function pause(entry: OutboxEntry, problem: Problem, round: Round): Promise<EntryState> {
  const asked = Number(problem.said.retry_after ?? 0) * 1_000;
  await hold(entry, problem.code, Math.max(spread(entry.attempts, LONGEST_PAUSE_MS), asked));
  round.tried.add(seqOf(entry));
  return 'waiting';
}

async function hold(entry: OutboxEntry, code: string, pauseMs: number): Promise<void> {
  await wait(entry, { code, next_try_at: Date.now() + pauseMs });
}

/** Doubling pauses, spread by chance, so that not all phones come back at one moment. */
export function spread(attempts: number, longest: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), longest);
  return Math.round(pause * (0.75 + Math.random() / 2));
}

function navigatorOnline(): boolean {
  return (navigator as { onLine?: boolean }).onLine !== false;
}
