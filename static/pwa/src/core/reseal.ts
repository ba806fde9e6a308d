// After an upgrade from the plain tables: what moved as it was is sealed, one value at a time.
import { db, ownerId, type Sealed } from './db';
import { keepSession, readSession } from './owner';
import { sealer } from './seal';

interface Keeping {
  sealed: Sealed;
}

/** Whether the browser can seal at all; over plain HTTP it cannot. */
function canSeal(): boolean {
  return (globalThis.crypto as { subtle?: SubtleCrypto }).subtle !== undefined;
}

/** The session at once, so that an answer which comes meanwhile is not overwritten. */
export async function resealSession(): Promise<void> {
  const setting = await db.settings.get('session');
  const kept = setting?.value as Sealed | undefined;
  if (!kept || !('plain' in kept) || !canSeal()) return;
  const session = await readSession();
  if (session) await keepSession(session);
}

type Change = (sealed: Sealed) => PromiseLike<unknown>;

/** Only what is still plain is replaced: whoever wrote meanwhile has sealed it. */
async function lock(sealed: Sealed, owner: string, change: Change): Promise<void> {
  if ('plain' in sealed) await change(await (await sealer(owner))(sealed.plain));
}

function stillPlain(row: Keeping): boolean {
  return 'plain' in row.sealed;
}

export async function reseal(): Promise<void> {
  const owner = await ownerId();
  if (!owner || !canSeal()) return;
  await adoptDrafts(owner);
  for (const row of await db.outbox.filter(stillPlain).toArray())
    await lock(row.sealed, row.person_id, (sealed) =>
      db.outbox.where('key').equals(row.key).and(stillPlain).modify({ sealed }),
    );
  for (const row of await db.drafts.filter(stillPlain).toArray())
    await lock(row.sealed, row.person_id, (sealed) =>
      db.drafts.where('id').equals(row.id).and(stillPlain).modify({ sealed }),
    );
  for (const hash of await db.photos.filter(stillPlain).primaryKeys()) await lockPhoto(hash, owner);
  for (const row of await db.cache.filter(stillPlain).toArray())
    await lock(row.sealed, owner, (sealed) =>
      db.cache.where('path').equals(row.path).and(stillPlain).modify({ sealed }),
    );
}

/** One picture at a time: all together may be more than a small phone can hold. */
async function lockPhoto(hash: string, owner: string): Promise<void> {
  const photo = await db.photos.get(hash);
  if (!photo) return;
  const person_id = photo.person_id || owner;
  await lock(photo.sealed, person_id, (sealed) => db.photos.update(hash, { sealed, person_id }));
}

/** Forms begun before an upgrade that found nobody signed in go to who signs in now. */
async function adoptDrafts(owner: string): Promise<void> {
  for (const draft of await db.drafts.where('person_id').equals('').toArray()) {
    await db.drafts.put({ ...draft, id: owner + draft.id, person_id: owner });
    await db.drafts.delete(draft.id);
  }
}
