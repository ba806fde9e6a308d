// Reads what the forms will need later, while there is a network: kinds of tickets and places; and
// the lists that one looks at first when there is none. What the change feed brings is here already.
import { query } from './api';
import { keptReading, readAndKeep, SELDOM_MS } from './cached';
import { db } from './db';
import { isRecord } from './json';

const MOST_COMMUNITIES = 2;

async function read(path: string): Promise<void> {
  const at = (await db.cache.get(path))?.at ?? 0;
  if (at < Date.now() - SELDOM_MS) await readAndKeep(path);
}

async function communityIds(): Promise<string[]> {
  await read('/places/communities');
  const body = (await keptReading('/places/communities'))?.body;
  const items = isRecord(body) && Array.isArray(body.items) ? body.items : [];
  return items.flatMap((one) => (isRecord(one) && typeof one.id === 'string' ? [one.id] : []));
}

export async function readForForms(): Promise<void> {
  for (const path of ['/tickets/categories', '/tickets?mine=true', '/inbox']) await read(path);
  for (const id of (await communityIds()).slice(0, MOST_COMMUNITIES))
    await read(`/places/tree${query({ community_id: id })}`);
}
