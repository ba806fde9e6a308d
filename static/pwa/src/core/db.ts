// What this phone keeps: read answers, requests waiting to go, photos, drafts, settings. No logic lives here.
import Dexie, { type Table } from 'dexie';
import type { Json } from './json';

export interface CachedAnswer {
  path: string;
  body: Json;
  at: number;
}

export type EntryState = 'waiting' | 'sending' | 'refused' | 'received';

/** One request with its key. `object` names what it is about; entries of one object go in order. */
export interface OutboxEntry {
  seq?: number;
  key: string;
  person_id: string;
  object: string;
  label: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body: Json;
  if_match: number | null;
  /** Hashes of photos that must have arrived before this entry goes. */
  media: string[];
  state: EntryState;
  reason: string | null;
  code: string | null;
  answer: Json;
  attempts: number;
  next_try_at: number;
  created_at: number;
  settled_at: number | null;
}

/** What a refused entry keeps as its answer. */
export interface Refused {
  errors: Record<string, string[]>;
  current_version?: number;
}

export interface StoredPhoto {
  hash: string;
  blob: Blob;
}

export interface Draft {
  id: string;
  value: Json;
  at: number;
}

export interface Setting {
  name: string;
  value: Json;
}

class PhoneDatabase extends Dexie {
  declare cache: Table<CachedAnswer, string>;
  declare outbox: Table<OutboxEntry, number>;
  declare photos: Table<StoredPhoto, string>;
  declare drafts: Table<Draft, string>;
  declare settings: Table<Setting, string>;

  constructor() {
    super('honglin');
    this.version(1).stores({
      cache: 'path, at',
      outbox: '++seq, &key, object, state',
      photos: 'hash',
      drafts: 'id, at',
      settings: 'name',
    });
  }
}

export const db = new PhoneDatabase();

export async function readSetting(name: string): Promise<Json> {
  return (await db.settings.get(name))?.value ?? null;
}

export async function writeSetting(name: string, value: Json): Promise<void> {
  await db.settings.put({ name, value });
}

/** Forgets what was read and who reads; what has not been sent yet stays. */
export async function forgetReadings(): Promise<void> {
  await Promise.all([db.cache.clear(), db.drafts.clear(), db.settings.clear()]);
}

/** Leaves nothing of a person on this phone. */
export async function wipe(): Promise<void> {
  await Promise.all([forgetReadings(), db.outbox.clear(), db.photos.clear()]);
}
