// Reads what the forms will need later, while there is a network: kinds of tickets, doors, places;
// and the lists that one looks at first when there is none.
import { query } from './api';
import { keptReading, readAndKeep } from './cached';

const FRESH_MS = 6 * 3_600_000;

async function read<T>(path: string): Promise<T | null> {
  const kept = await keptReading(path);
  if (kept && kept.at > Date.now() - FRESH_MS) return kept.body as T;
  const got = await readAndKeep<T>(path);
  return got.error ? null : got.body;
}

export async function readForForms(): Promise<void> {
  await read('/tickets/categories');
  await read('/households');
  await read('/tickets?mine=true');
  await read('/inbox');
  const mine = await read<{ items: { id: string }[] }>('/places/communities');
  for (const community of (mine?.items ?? []).slice(0, 2))
    await read(`/places/tree${query({ community_id: community.id })}`);
}
