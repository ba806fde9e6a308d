// What the phone holds, for the screens: the rows of one kind, opened once and kept open.
import { liveQuery } from 'dexie';
import { computed, type ComputedRef, type Ref, shallowRef } from 'vue';
import { db, type Row } from './db';
import { feedState, freshen, pull } from './feed';
import type { Problem } from './problem';
import { unseal } from './seal';

interface Opened {
  nonce: string;
  value: unknown;
}

type Shelf = Ref<Map<string, Opened> | null>;

const shelves = new Map<string, Shelf>();

/** Of many rows, only those are decrypted that are new since the last time. */
async function open(row: Row, before: Map<string, Opened> | null): Promise<[string, Opened][]> {
  const nonce = 'iv' in row.sealed ? row.sealed.iv.join() : JSON.stringify(row.sealed.plain);
  const known = before?.get(row.id);
  if (known?.nonce === nonce) return [[row.id, known]];
  try {
    return [[row.id, { nonce, value: await unseal(row.sealed) }]];
  } catch {
    return []; // sealed by a key that is gone: nobody's row any more
  }
}

function shelfOf(kind: string): Shelf {
  const known = shelves.get(kind);
  if (known) return known;
  const shelf: Shelf = shallowRef(null);
  shelves.set(kind, shelf);
  let turn = 0;
  async function show(rows: Row[]): Promise<void> {
    const mine = ++turn;
    const opened = await Promise.all(rows.map((row) => open(row, shelf.value)));
    if (mine === turn) shelf.value = new Map(opened.flat());
  }
  liveQuery(() => db.rows.where('kind').equals(kind).toArray()).subscribe((rows) => {
    void show(rows);
  });
  return shelf;
}

/** All rows of a kind; null until the phone has looked. The shape of a row is the server's. */
export function rowsOf(kind: string): ComputedRef<unknown[] | null> {
  const shelf = shelfOf(kind);
  return computed(() => shelf.value && [...shelf.value.values()].map((one) => one.value));
}

/** What `Loaded` shows: has the phone ever been up to date, and if it is not now, since when. */
export interface Held {
  has: ComputedRef<boolean>;
  loading: ComputedRef<boolean>;
  error: ComputedRef<Problem | null>;
  fromCache: ComputedRef<number | null>;
  refresh: () => Promise<void>;
}

/** `rows`: how many the phone holds, null until it has looked. A first reading shows what has come. */
function heldBy(rows: () => number | null): Held {
  freshen();
  return {
    has: computed(() => rows() !== null && (feedState.syncedAt !== null || rows() !== 0)),
    loading: computed(() => feedState.syncing),
    error: computed(() => feedState.problem),
    fromCache: computed(() => feedState.syncedAt),
    refresh: pull,
  };
}

export interface HeldRows<T> extends Held {
  rows: ComputedRef<T[]>;
}

export function useRows<T>(kind: string, filter: (row: T) => boolean = () => true): HeldRows<T> {
  const all = rowsOf(kind) as ComputedRef<T[] | null>;
  return {
    ...heldBy(() => all.value?.length ?? null),
    rows: computed(() => (all.value ?? []).filter(filter)),
  };
}

export interface HeldRow<T> {
  row: ComputedRef<T | null>;
  /** The phone has looked: where `row` is null now, it does not hold it. */
  looked: ComputedRef<boolean>;
}

export function useRow<T>(kind: string, id: () => string): HeldRow<T> {
  const shelf = shelfOf(kind);
  return {
    row: computed(() => (shelf.value?.get(`${kind}:${id()}`)?.value ?? null) as T | null),
    looked: computed(() => shelf.value !== null),
  };
}
