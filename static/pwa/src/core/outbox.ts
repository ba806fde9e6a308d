// Requests that wait on this phone: how they are put in, and what the screens may ask about them.
import { newKey } from './api';
import { db, type EntryContent, type OutboxEntry, ownerId, type Refused } from './db';
import { drain } from './drain';
import { openEntry, resealed, sealContent } from './entry';
import { plain } from './json';
import { asProblem } from './problem';
import { roomy } from './room';
import { unseal } from './seal';

const KEEP_RECEIVED_MS = 24 * 3_600_000;
const KEEP_DRAFTS_MS = 14 * 24 * 3_600_000;
const PATIENCE_MS = 5_000;

export interface Request {
  /** What it is about, as `visit:<id>`; requests about one thing go in order. */
  object: string;
  /** What the person did, in their words: 走访 3号楼1单元202. */
  label: string;
  method: OutboxEntry['method'];
  path: string;
  body: unknown;
  version?: number | null;
  media?: string[];
  creates?: string[];
}

export type Outcome<T> =
  | { state: 'received'; answer: T }
  | { state: 'refused'; reason: string; code: string; errors: Record<string, string[]> }
  | { state: 'waiting' };

async function entryOf(request: Request, personId: string): Promise<OutboxEntry> {
  const { label, body } = request;
  const content = { label, body: plain(body), answer: null, reason: null, redo: null };
  return {
    key: newKey(),
    person_id: personId,
    object: request.object,
    creates: request.creates ?? [],
    method: request.method,
    path: request.path,
    if_match: request.version ?? null,
    media: request.media ?? [],
    state: 'waiting',
    code: null,
    attempts: 0,
    next_try_at: 0,
    created_at: Date.now(),
    settled_at: null,
    receipt: null,
    received_at: null,
    sealed: await sealContent(personId, content),
  };
}

function photoEntry(hash: string, personId: string): Promise<OutboxEntry> {
  const request: Request = {
    object: `media:${hash}`,
    label: '照片',
    method: 'PUT',
    path: `/media/${hash}`,
    body: null,
  };
  return entryOf(request, personId);
}

/** Photos go in before what cites them; all in one step, so that a closed app loses nothing. */
export async function put(request: Request): Promise<number> {
  const personId = await ownerId();
  const photos = await Promise.all((request.media ?? []).map((hash) => photoEntry(hash, personId)));
  const entry = await entryOf(request, personId);
  return roomy(() =>
    db.transaction('rw', db.outbox, async () => {
      for (const photo of photos) {
        const known = await db.outbox.where('object').equals(photo.object).first();
        if (!known) await db.outbox.add(photo);
      }
      return db.outbox.add(entry);
    }),
  );
}

/**
 * Puts a request in and waits a moment for its fate. A refusal is handed back to the page that
 * asked, which still has the form, and is taken out of the list.
 */
export async function submit<T>(request: Request): Promise<Outcome<T>> {
  let seq: number;
  try {
    seq = await put(request);
  } catch (error) {
    const { sentence, code } = asProblem(error);
    return { state: 'refused', reason: sentence, code, errors: {} };
  }
  void askForBackgroundSync();
  await Promise.race([drain(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return outcomeOf<T>(await db.outbox.get(seq));
}

async function outcomeOf<T>(entry: OutboxEntry | undefined): Promise<Outcome<T>> {
  if (entry?.state !== 'received' && entry?.state !== 'refused') return { state: 'waiting' };
  const { answer, reason } = await unseal<EntryContent>(entry.sealed);
  if (entry.state === 'received') return { state: 'received', answer: answer as T };
  await discard(entry.seq ?? 0);
  const { errors } = answer as unknown as Refused;
  return { state: 'refused', reason: String(reason), code: String(entry.code), errors };
}

/** Sends a refused entry again, under a new key: the old key's answer was final. */
export async function tryAgain(seq: number): Promise<void> {
  const kept = await db.outbox.get(seq);
  if (!kept) return;
  const entry = await openEntry(kept);
  for (const hash of entry.media) {
    await db.outbox
      .where('object')
      .equals(`media:${hash}`)
      .and((photo) => photo.state === 'refused')
      .modify({ state: 'waiting', key: newKey(), next_try_at: 0 });
  }
  const seen = (entry.answer as unknown as Refused | null)?.current_version;
  await db.outbox.update(seq, {
    state: 'waiting',
    key: entry.state === 'refused' ? newKey() : entry.key,
    if_match: seen ?? entry.if_match,
    next_try_at: 0,
    sealed: await resealed(entry, { reason: null }),
  });
  await drain();
}

export async function discard(seq: number): Promise<void> {
  await db.outbox.delete(seq);
}

/** Received entries are kept a day, for reassurance; then they and their photos go. */
export async function tidy(now: number = Date.now()): Promise<void> {
  await db.outbox
    .where('state')
    .equals('received')
    .and((entry) => (entry.settled_at ?? 0) < now - KEEP_RECEIVED_MS)
    .delete();
  await db.drafts
    .where('at')
    .below(now - KEEP_DRAFTS_MS)
    .delete();
  const wanted = new Set((await db.outbox.toArray()).flatMap((entry) => entry.media));
  for (const draft of await db.drafts.toArray()) draft.hashes.forEach((hash) => wanted.add(hash));
  await db.photos.filter((photo) => !wanted.has(photo.hash)).delete();
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

async function askForBackgroundSync(): Promise<void> {
  if (typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const manager = (registration as { sync?: SyncManager } | undefined)?.sync;
  await manager?.register('outbox').catch(() => undefined);
}
