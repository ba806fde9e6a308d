// The rows of the change feed on this phone: an answer is taken whole or not at all.
import { db, ownerId, readText, type Row } from './db';
import { isRecord, type Json, plain } from './json';
import { seal, sealer, unseal } from './seal';

interface Named {
  kind: string;
  id: string;
}

export interface FeedScope {
  id: number;
  fresh: boolean;
  rows: (Named & { until: string | null; row: Json })[];
  gone: Named[];
}

export interface FeedAnswer {
  generation: string;
  offer_again: boolean;
  cursor: string;
  more: boolean;
  server_time: string;
  lost: number[];
  scopes: FeedScope[];
}

/** What an answer was asked with; it is dropped when the phone has moved on meanwhile. */
export interface Asked {
  owner: string;
  cursor: string;
  at: number;
}

export const keyOf = ({ kind, id }: Named): string => `${kind}:${id}`;

/** Applies one answer together with its cursor, in one step. False when it came too late. */
export async function take(answer: FeedAnswer, asked: Asked): Promise<boolean> {
  const coming = await sealedRows(answer, asked.owner);
  return db.transaction('rw', db.rows, db.cache, db.settings, async () => {
    const there = await readText('cursor');
    if ((await ownerId()) !== asked.owner || there !== asked.cursor) return false;
    // Also at a first reading: what was sent before it may have been lost with a backup.
    if (answer.offer_again || (await readText('generation')) !== answer.generation) {
      await db.rows.clear();
      await db.settings.put({ name: 'offer_again', value: true });
    }
    await leave(answer);
    await join(coming);
    if (answer.lost.length > 0) await db.cache.clear();
    await note(answer, asked);
    return true;
  });
}

/** The phone is up to date, if it is still the one that asked. Never more to come. */
export async function nothingNew(asked: Asked): Promise<false> {
  await db.transaction('rw', db.settings, async () => {
    if ((await ownerId()) !== asked.owner || (await readText('cursor')) !== asked.cursor) return;
    await db.settings.put({ name: 'synced_at', value: asked.at });
  });
  return false;
}

async function sealedRows(answer: FeedAnswer, owner: string): Promise<Row[]> {
  const lock = await sealer(owner);
  return Promise.all(
    answer.scopes.flatMap((scope) =>
      scope.rows.map(async ({ kind, id, until, row }) => ({
        id: keyOf({ kind, id }),
        kind,
        scopes: [scope.id],
        until,
        sealed: await lock(row),
      })),
    ),
  );
}

async function leave(answer: FeedAnswer): Promise<void> {
  const fresh = answer.scopes.filter((scope) => scope.fresh).map((scope) => scope.id);
  for (const scope of [...answer.lost, ...fresh])
    await outOf(scope, (rows) => rows.where('scopes').equals(scope));
  for (const scope of answer.scopes)
    if (scope.gone.length > 0)
      await outOf(scope.id, (rows) => rows.where('id').anyOf(scope.gone.map(keyOf)));
}

async function outOf(
  scope: number,
  which: (rows: typeof db.rows) => ReturnType<typeof db.rows.toCollection>,
): Promise<void> {
  await which(db.rows).modify((row, held) => {
    row.scopes = row.scopes.filter((one) => one !== scope);
    if (row.scopes.length === 0) Reflect.deleteProperty(held, 'value');
  });
}

/** A row may come by several scopes, and may be here by another one already. */
async function join(coming: Row[]): Promise<void> {
  const joined = new Map<string, Row>();
  const here = await db.rows.bulkGet(coming.map((row) => row.id));
  coming.forEach((row, index) => {
    const before = joined.get(row.id) ?? here[index];
    const scopes = [...new Set([...(before?.scopes ?? []), ...row.scopes])];
    joined.set(row.id, { ...row, scopes });
  });
  await db.rows.bulkPut([...joined.values()]);
}

async function note(answer: FeedAnswer, asked: Asked): Promise<void> {
  await db.settings.bulkPut([
    { name: 'cursor', value: answer.cursor },
    { name: 'generation', value: answer.generation },
  ]);
  if (!answer.more) await db.settings.put({ name: 'synced_at', value: asked.at });
}

/** The server does not know our cursor any more: everything is asked for anew. */
export async function startAnew(): Promise<void> {
  await db.transaction('rw', db.rows, db.settings, async () => {
    await db.rows.clear();
    await db.settings.bulkDelete(['cursor', 'synced_at']);
  });
}

/** Forgets what has passed its last day, and read answers that are old. */
export async function prune(today: string, oldest: number): Promise<void> {
  await db.rows.where('until').below(today).delete();
  await db.cache.where('at').below(oldest).delete();
}

/** The visit that an answer shows, if it is the one that was asked about. */
function visitIn(object: string, answer: Json): Record<string, unknown> | null {
  const shown = isRecord(answer) && isRecord(answer.visit) ? answer.visit : answer;
  if (!isRecord(shown) || typeof shown.id !== 'string') return null;
  return object === `visit:${shown.id}` ? shown : null;
}

/**
 * The answer to a visit's request is the visit as it now stands: it is shown at once, without
 * waiting for the feed, unless the feed was quicker.
 */
export async function keepAnswer(object: string, answer: Json): Promise<void> {
  const shown = visitIn(object, answer);
  const kept = shown ? await db.rows.get(object) : undefined;
  if (!shown || !kept) return;
  const before = await unseal(kept.sealed).catch(() => null);
  if (!isRecord(before) || Number(shown.version) <= Number(before.version)) return;
  const sealed = await seal(plain(shown));
  await db.transaction('rw', db.rows, async () => {
    const still = await db.rows.get(object);
    if (still && nonceOf(still) === nonceOf(kept)) await db.rows.update(object, { sealed });
  });
}

function nonceOf({ sealed }: Row): string {
  return 'iv' in sealed ? sealed.iv.join() : '';
}
