// Whose store this is: the session that opens the app without a network, and how a person's traces go.
import { db, ownerId, readSetting } from './db';
import type { Json } from './json';
import { destroyKey, sealer, type Sealed, unseal } from './seal';

/** What sending needs to know of a session; the screens keep more in it. */
export interface KeptSession {
  person: { id: string };
  csrf_token: string;
}

export async function readSession<T extends KeptSession = KeptSession>(): Promise<T | null> {
  const sealed = (await readSetting('session')) as unknown as Sealed | null;
  return sealed ? unseal<T>(sealed).catch(() => null) : null;
}

export async function keepSession(session: KeptSession): Promise<void> {
  const value = await (await sealer(session.person.id))(session as unknown as Json);
  await db.transaction('rw', db.settings, async () => {
    await db.settings.put({ name: 'person', value: session.person.id });
    await db.settings.put({ name: 'session', value });
  });
}

/** Forgets what was read and who reads; what has not been sent, and drafts, stay sealed. */
export async function forgetReadings(): Promise<void> {
  await db.transaction('rw', db.rows, db.cache, db.settings, async () => {
    await Promise.all([db.rows.clear(), db.cache.clear(), db.settings.clear()]);
  });
}

/** Leaves nothing of this person here. What waits of another one stays, sealed by their own key. */
export async function wipe(): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    const person = await ownerId();
    await destroyKey(person);
    await forgetReadings();
    await db.outbox.where('person_id').equals(person).delete();
    await db.photos.where('person_id').equals(person).delete();
    await db.drafts.where('person_id').equals(person).delete();
  });
}
