// What has arrived is kept for thirty days: the server may come back from a backup that lacks it.
import { db, ownerId } from './db';
import { hashOf, isPhoto } from './order';

const KEEP_MS = 30 * 24 * 3_600_000;
const KEEP_DRAFTS_MS = 14 * 24 * 3_600_000;

/** Forgets what is settled for longer than that, old drafts, and photos that nothing cites. */
export async function tidy(now: number = Date.now()): Promise<void> {
  await db.transaction('rw', db.outbox, db.drafts, db.photos, async () => {
    await db.outbox
      .where('state')
      .anyOf('received', 'handed')
      .and((entry) => (entry.settled_at ?? 0) < now - KEEP_MS)
      .delete();
    await db.drafts
      .where('at')
      .below(now - KEEP_DRAFTS_MS)
      .delete();
    const entries = await db.outbox.toArray();
    const drafts = await db.drafts.toArray();
    const wanted = new Set([
      ...entries.flatMap((entry) => entry.media),
      ...entries.filter(isPhoto).map(hashOf),
      ...drafts.flatMap((draft) => draft.hashes),
    ]);
    await db.photos.filter((photo) => !wanted.has(photo.hash)).delete();
  });
}

/**
 * The server came back from a backup: what it took in the last thirty days is offered again, with
 * the same keys and in the same order. What it has still, it answers as it did the first time.
 */
export async function offerAgain(now: number = Date.now()): Promise<void> {
  const person = await ownerId();
  await db.outbox
    .where('state')
    .equals('received')
    .and((entry) => entry.person_id === person && (entry.settled_at ?? 0) > now - KEEP_MS)
    .modify({ state: 'waiting', attempts: 0, next_try_at: 0, code: null });
}
