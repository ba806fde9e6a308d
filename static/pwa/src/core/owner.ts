// Whose store this is: the session that opens the app without a network, and how a person's traces go.
import type { Table } from 'dexie';
import { db, lastOwnerId, ownerId, readSetting, readText, RUNG } from './db';
import { plain } from './json';
import { roomy } from './room';
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

/** Puts a row in, unless its person has signed out meanwhile. */
export async function putFor<T>(person: string, table: Table<T, string>, row: T): Promise<void> {
  await db.transaction('rw', table, db.settings, async () => {
    if ((await ownerId()) === person) await table.put(row);
  });
}

/** Makes the store this person's. What another one read is forgotten in the same step. */
export async function keepSession(session: KeptSession): Promise<void> {
  const person = session.person.id;
  const value = await (await sealer(person))(plain(session));
  await roomy(() =>
    db.transaction('rw', db.rows, db.cache, db.settings, async () => {
      if ((await ownerId()) !== person) await forgetReadings();
      await db.settings.bulkPut([
        { name: 'person', value: person },
        { name: 'session', value },
      ]);
    }),
  );
}

/**
 * Forgets what was read and who reads. What has not been sent, and drafts, stay sealed until the
 * same person signs in again; their name is kept for a word from afar that comes later.
 */
export async function forgetReadings(): Promise<void> {
  await db.transaction('rw', db.rows, db.cache, db.settings, async () => {
    const last = (await ownerId()) || (await lastOwnerId());
    const rung = await readText(RUNG);
    await Promise.all([db.rows.clear(), db.cache.clear(), db.settings.clear()]);
    if (last) await db.settings.put({ name: 'last_person', value: last });
    if (rung) await db.settings.put({ name: RUNG, value: rung });
  });
}

/** Leaves nothing of this person here. What waits of another one stays, sealed by their own key. */
export async function wipe(): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    await forgetReadings();
    const person = await lastOwnerId();
    await destroyKey(person);
    await db.settings.clear();
    await db.outbox.where('person_id').equals(person).delete();
    await db.photos.where('person_id').equals(person).delete();
    await db.drafts.where('person_id').equals(person).delete();
  });
}
