// Requests that wait on this phone: how they are put in, sent again, changed, and taken back.
import { newKey } from './api';
import { db, type EntryContent, type OutboxEntry, ownerId, type Redo } from './db';
import { draftId, keepDraft } from './draft';
import { drain } from './drain';
import { openEntry, resealed, sealContent } from './entry';
import { plain } from './json';
import { photoObject, seqOf } from './order';
import { refusedOf } from './refusal';
import { roomy } from './room';

const SAME_TAP_MS = 10_000;

export interface Request {
  /** What it is about, as `visit:<id>`; requests about one thing go in order. */
  object: string;
  /** What it brings into being; requests about that wait for it. */
  creates?: string[];
  /** The filled form that it comes from: sent twice, it is one request; sent after a refusal, it
   * takes the place of the refused one. */
  form?: string;
  /** How to open that form again. */
  redo?: Redo;
  /** What the person did, in their words: 走访 3号楼1单元202. */
  label: string;
  method: OutboxEntry['method'];
  path: string;
  body: unknown;
  version?: number | null;
  media?: string[];
  /** Not sent before this moment, so that it can be taken back. */
  notBefore?: number;
}

async function entryOf(request: Request, personId: string): Promise<OutboxEntry> {
  const { label, body, redo = null } = request;
  const content: EntryContent = {
    label,
    body: plain(body),
    answer: null,
    reason: null,
    redo: plain(redo) as Redo | null,
  };
  return {
    key: newKey(),
    person_id: personId,
    object: request.object,
    creates: [...(request.creates ?? [])],
    form: request.form ?? null,
    method: request.method,
    path: request.path,
    if_match: request.version ?? null,
    media: [...(request.media ?? [])],
    state: 'waiting',
    code: null,
    attempts: 0,
    next_try_at: request.notBefore ?? 0,
    created_at: Date.now(),
    settled_at: null,
    receipt: null,
    received_at: null,
    sealed: await sealContent(personId, content),
  };
}

function photoEntry(hash: string, personId: string): Promise<OutboxEntry> {
  const request: Request = {
    object: photoObject(hash),
    label: '照片',
    method: 'PUT',
    path: `/media/${hash}`,
    body: null,
  };
  return entryOf(request, personId);
}

export interface Placed {
  seq: number;
  /** It took the place of a refused one, which the list still shows. */
  replaced: boolean;
}

/**
 * Photos go in before what cites them, and the draft becomes the entry; all in one step, so that a
 * closed app loses nothing and finds nothing twice.
 */
export async function put(request: Request): Promise<Placed> {
  const personId = await ownerId();
  const photos = await Promise.all((request.media ?? []).map((hash) => photoEntry(hash, personId)));
  const entry = await entryOf(request, personId);
  return roomy(() =>
    db.transaction('rw', db.outbox, db.drafts, async () => {
      if (request.redo) await db.drafts.delete(draftId(personId, request.redo.draft));
      const before = await sameForm(entry);
      if (before && isSame(before, entry)) return { seq: seqOf(before), replaced: false };
      for (const photo of photos) await placePhoto(photo);
      if (!before || !givesPlace(before))
        return { seq: await db.outbox.add(entry), replaced: false };
      const seq = await db.outbox.put({ ...entry, seq: seqOf(before) });
      return { seq, replaced: before.state === 'refused' };
    }),
  );
}

async function sameForm(entry: OutboxEntry): Promise<OutboxEntry | undefined> {
  if (entry.form === null) return undefined;
  const about = await db.outbox.where('object').equals(entry.object).sortBy('seq');
  return about.findLast((one) => one.form === entry.form && one.person_id === entry.person_id);
}

/** What may have reached the server already stays as it is; a second tap changes nothing. */
function isSame(before: OutboxEntry, entry: OutboxEntry): boolean {
  if (before.state === 'refused' || givesPlace(before)) return false;
  if (before.state === 'waiting' || before.state === 'sending') return true;
  const justNow = entry.created_at - before.created_at < SAME_TAP_MS;
  return justNow && before.if_match === entry.if_match;
}

/** The place of a refused entry, or of one that never left, in the order of things is kept. */
function givesPlace(before: OutboxEntry): boolean {
  return before.state === 'refused' || (before.state === 'waiting' && before.attempts === 0);
}

async function placePhoto(photo: OutboxEntry): Promise<void> {
  const known = await db.outbox
    .where('object')
    .equals(photo.object)
    .and((one) => one.person_id === photo.person_id)
    .first();
  if (!known) await db.outbox.add(photo);
  else if (known.state === 'refused') await db.outbox.put({ ...photo, seq: seqOf(known) });
}

/** Sends a refused entry again, under a new key: the old key's answer was final. */
export async function tryAgain(seq: number): Promise<void> {
  const kept = await db.outbox.get(seq);
  if (kept?.state !== 'refused') return;
  const { answer } = await openEntry(kept);
  const sealed = await resealed(kept, { reason: null, answer: null });
  const anew = { state: 'waiting' as const, next_try_at: 0, attempts: 0 };
  const if_match = refusedOf(answer).current_version ?? kept.if_match;
  await db.transaction('rw', db.outbox, async () => {
    for (const hash of kept.media)
      await db.outbox
        .where('object')
        .equals(photoObject(hash))
        .and((photo) => photo.state === 'refused' && photo.person_id === kept.person_id)
        .modify((photo) => void Object.assign(photo, anew, { key: newKey() }));
    await db.outbox.update(seq, { ...anew, key: newKey(), code: null, if_match, sealed });
  });
  await drain();
}

/** Puts what was filled in back into its form; answers the page that opens it. */
export async function reopen(seq: number): Promise<string | null> {
  const kept = await db.outbox.get(seq);
  const redo = kept ? (await openEntry(kept)).redo : null;
  if (!redo) return null;
  await keepDraft(redo.draft, redo.form);
  return redo.page;
}

/** Takes back those that have never left; answers how many. What was sent stays sent. */
export async function takeBack(seqs: number[]): Promise<number> {
  return db.transaction('rw', db.outbox, async () => {
    const entries = await db.outbox.bulkGet(seqs);
    const here = entries.filter((one) => one?.state === 'waiting' && one.attempts === 0);
    await db.outbox.bulkDelete(here.map((one) => one?.seq ?? 0));
    return here.length;
  });
}

/** The person takes an entry back; photos that nothing else cites do not go either. */
export async function discard(seq: number): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const entry = await db.outbox.get(seq);
    if (!entry || entry.state === 'sending') return;
    await db.outbox.delete(seq);
    const others = (await db.outbox.toArray()).flatMap((one) => one.media);
    for (const hash of entry.media.filter((one) => !others.includes(one)))
      await db.outbox
        .where('object')
        .equals(photoObject(hash))
        .and((photo) => photo.state !== 'received')
        .delete();
  });
}
