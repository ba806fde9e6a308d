// What this phone keeps: rows of the change feed, read answers, requests waiting to go, photos, drafts.
// Whatever a person can read is sealed (`seal.ts`); plain stands only what finds and orders it.
import Dexie, { type Table } from 'dexie';
import type { Json } from './json';
import { toSealedTables } from './upgrade';

/** `by` names the key. Plain where the browser has no cryptography, and just after an upgrade. */
export type Sealed =
  { by: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer } | { plain: Json | Blob };

/** One key for each person: nobody can read what another left on this phone. */
export interface StoreKey {
  name: string;
  key: CryptoKey;
}

/** One row of the feed. It goes when no scope holds it any more, or when `until` has passed. */
export interface Row {
  id: string;
  kind: string;
  scopes: number[];
  until: string | null;
  sealed: Sealed;
}

export interface CachedAnswer {
  path: string;
  at: number;
  sealed: Sealed;
}

export type EntryState = 'waiting' | 'sending' | 'received' | 'refused' | 'handed';

/** One request with its key. `object` names what it is about; entries of one object go in order. */
export interface OutboxEntry {
  seq?: number;
  key: string;
  person_id: string;
  object: string;
  /** Objects that this request brings into being: what is about them waits for it. */
  creates: string[];
  /** The filled form it came from: the same form sent again is the same entry. */
  form: string | null;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  if_match: number | null;
  /** Hashes of photos that must have arrived before this entry goes. */
  media: string[];
  state: EntryState;
  code: string | null;
  attempts: number;
  next_try_at: number;
  created_at: number;
  settled_at: number | null;
  /** The number and the moment under which the server received it. */
  receipt: string | null;
  received_at: string | null;
  sealed: Sealed;
}

/** How to open the form of an entry again: `form` becomes the draft `draft` of `page`. */
export interface Redo {
  page: string;
  draft: string;
  form: Json;
}

/** What is sealed in an entry: what the person did, in their words, and what came of it. */
export interface EntryContent {
  label: string;
  body: Json;
  answer: Json;
  reason: string | null;
  redo: Redo | null;
}

export type OpenEntry = OutboxEntry & EntryContent;

export interface StoredPhoto {
  hash: string;
  person_id: string;
  sealed: Sealed;
}

/** `id` is `<person>|<form>`; `hashes` are the photos that the form holds. */
export interface Draft {
  id: string;
  person_id: string;
  at: number;
  hashes: string[];
  sealed: Sealed;
}

export interface Setting {
  name: string;
  value: Json | Sealed;
}

class PhoneDatabase extends Dexie {
  declare keys: Table<StoreKey, string>;
  declare rows: Table<Row, string>;
  declare cache: Table<CachedAnswer, string>;
  declare outbox: Table<OutboxEntry, number>;
  declare photos: Table<StoredPhoto, string>;
  declare drafts: Table<Draft, string>;
  declare settings: Table<Setting, string>;

  constructor() {
    // Strict: what counts as kept is on the disk, also when the battery dies in the next moment.
    super('honglin', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      cache: 'path, at',
      outbox: '++seq, &key, object, state',
      photos: 'hash',
      drafts: 'id, at',
      settings: 'name',
    });
    this.version(2)
      .stores({
        keys: 'name',
        rows: 'id, kind, *scopes, until',
        outbox: '++seq, &key, object, state, person_id, *creates',
        photos: 'hash, person_id',
        drafts: 'id, at, person_id',
      })
      .upgrade(toSealedTables);
  }
}

export const db = new PhoneDatabase();

/** A setting that is a text; empty when there is none. */
export async function readText(name: string): Promise<string> {
  const value = await readSetting(name);
  return typeof value === 'string' ? value : '';
}

export async function readSetting(name: string): Promise<Json> {
  return ((await db.settings.get(name))?.value ?? null) as Json;
}

export async function writeSetting(name: string, value: Json): Promise<void> {
  await db.settings.put({ name, value });
}

/** The setting that says who wants to be rung here; it outlives a sign-in that ran out. */
export const RUNG = 'rung_person';

/** The person whose store this is at the moment; empty when nobody is signed in. */
export function ownerId(): Promise<string> {
  return readText('person');
}

/** The person whose store this was last: what waits may still be theirs. */
export function lastOwnerId(): Promise<string> {
  return readText('last_person');
}
