// Tells the server what still lies on this phone, whenever that changes: it can then see phones
// that were silent for days with work on them.
import { liveQuery } from 'dexie';
import { api } from './api';
import { db, type OutboxEntry, ownerId } from './db';
import { skewSeconds, whenSkewChanges } from './skew';

const PAUSE_MS = 3_000;

export interface Lying {
  waiting: number;
  refused: number;
  oldest_at: string | null;
  skew_seconds: number;
}

/** Photos are counted with what cites them. */
export function lyingIn(entries: OutboxEntry[], person: string, skew: number): Lying {
  const mine = entries.filter((e) => e.person_id === person && !e.object.startsWith('media:'));
  const waiting = mine.filter((e) => e.state === 'waiting' || e.state === 'sending');
  const refused = mine.filter((e) => e.state === 'refused');
  const oldest = Math.min(...[...waiting, ...refused].map((e) => e.created_at));
  return {
    waiting: waiting.length,
    refused: refused.length,
    oldest_at: Number.isFinite(oldest) ? new Date(oldest).toISOString() : null,
    skew_seconds: skew,
  };
}

let told = '';

async function tell(): Promise<void> {
  const person = await ownerId();
  if (!person) return;
  const lying = lyingIn(await db.outbox.toArray(), person, skewSeconds());
  const words = JSON.stringify([person, lying]);
  if (words === told) return;
  try {
    await api.put('/sync/device', lying);
    told = words;
  } catch {
    // No network: it is told when there is one.
  }
}

/** Waits a moment for what changes together, as fifty entries that go out at once. */
export function keepTelling(): void {
  let timer = 0;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void tell(), PAUSE_MS);
  };
  liveQuery(async () => [await ownerId(), await db.outbox.toArray()]).subscribe(soon);
  whenSkewChanges(soon);
  window.addEventListener('online', soon);
}
