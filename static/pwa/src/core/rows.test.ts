// Answers of the change feed on the phone: taken whole or not at all.
import { beforeEach, describe, expect, it } from 'vitest';
import { db, readSetting, readText } from './db';
import { keepSession } from './owner';
import { type Asked, type FeedAnswer, type FeedScope, keepAnswer, prune, take } from './rows';
import { unseal } from './seal';

const NOBODY_WAITS: Asked = { owner: 'me', cursor: '', at: 1000 };

function scope(id: number, more: Partial<FeedScope> = {}): FeedScope {
  return { id, fresh: false, rows: [], gone: [], ...more };
}

function row(id: string, version = 1, until: string | null = null) {
  return { kind: 'visit', id, until, row: { id, version } };
}

function answer(scopes: FeedScope[], more: Partial<FeedAnswer> = {}): FeedAnswer {
  return {
    generation: 'g1',
    offer_again: false,
    cursor: 'c1',
    more: false,
    server_time: '2026-11-24T01:00:00Z',
    lost: [],
    scopes,
    ...more,
  };
}

async function held(): Promise<Record<string, number[]>> {
  const rows = await db.rows.orderBy('id').toArray();
  return Object.fromEntries(rows.map((one) => [one.id, [...one.scopes].sort()]));
}

async function next(more: FeedAnswer): Promise<boolean> {
  const cursor = await readText('cursor');
  return take(more, { owner: 'me', cursor, at: 2000 });
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
  await take(
    answer([scope(1, { rows: [row('a'), row('b')] }), scope(2, { rows: [row('b'), row('c')] })]),
    NOBODY_WAITS,
  );
});

describe('an answer of the feed', () => {
  it('brings rows, sealed, each with all the scopes that it came by', async () => {
    expect(await held()).toEqual({ 'visit:a': [1], 'visit:b': [1, 2], 'visit:c': [2] });
    const kept = await db.rows.get('visit:a');
    expect(kept && 'data' in kept.sealed && (await unseal(kept.sealed))).toEqual({
      id: 'a',
      version: 1,
    });
    expect(await readSetting('synced_at')).toBe(1000);
  });

  it('takes a row away when its last scope lets it go', async () => {
    await next(
      answer([
        scope(1, {
          gone: [
            { kind: 'visit', id: 'b' },
            { kind: 'visit', id: 'a' },
          ],
        }),
      ]),
    );
    expect(await held()).toEqual({ 'visit:b': [2], 'visit:c': [2] });
  });

  it('forgets a lost scope, and with it what was read meanwhile', async () => {
    await db.cache.put({ path: '/x', at: Date.now(), sealed: { plain: 1 } });
    await next(answer([], { lost: [2] }));
    expect(await held()).toEqual({ 'visit:a': [1], 'visit:b': [1] });
    expect(await db.cache.count()).toBe(0);
  });

  it('starts a fresh scope from nothing', async () => {
    await next(answer([scope(1, { fresh: true, rows: [row('d')] })]));
    expect(await held()).toEqual({ 'visit:b': [2], 'visit:c': [2], 'visit:d': [1] });
  });

  it('is dropped when the phone has moved on, and nothing of it stays', async () => {
    const late = answer([scope(1, { rows: [row('z')] })], { cursor: 'c2', lost: [2] });
    expect(await take(late, { owner: 'me', cursor: 'older', at: 1 })).toBe(false);
    expect(await take(late, { owner: 'another', cursor: 'c1', at: 1 })).toBe(false);
    expect(Object.keys(await held())).toEqual(['visit:a', 'visit:b', 'visit:c']);
    expect(await readSetting('cursor')).toBe('c1');
  });

  it('leaves all as it was when it breaks off in the middle', async () => {
    const broken = answer([scope(1, { fresh: true, rows: [row('z')] })], { cursor: 'c2' });
    (broken.scopes[0] as { gone: unknown }).gone = [null];
    await expect(next(broken)).rejects.toThrow();
    expect(await held()).toEqual({ 'visit:a': [1], 'visit:b': [1, 2], 'visit:c': [2] });
    expect(await readSetting('cursor')).toBe('c1');
  });

  it('counts as up to date only when there is no more', async () => {
    await next(answer([], { cursor: 'c2', more: true }));
    expect([await readSetting('cursor'), await readSetting('synced_at')]).toEqual(['c2', 1000]);
  });

  it('of a restored server replaces everything, and asks the outbox once', async () => {
    const restored = answer([scope(9, { fresh: true, rows: [row('n')] })], {
      generation: 'g2',
      offer_again: true,
      cursor: 'c2',
      more: true,
    });
    await next(restored);
    expect(await held()).toEqual({ 'visit:n': [9] });
    expect(await readSetting('offer_again')).toBe(true);
    await next(answer([scope(8, { fresh: true, rows: [row('m')] })], { generation: 'g2' }));
    expect(await held()).toEqual({ 'visit:m': [8], 'visit:n': [9] });
  });
});

describe('the last day of a row', () => {
  it('is still a day on which it is shown', async () => {
    const rows = [row('x', 1, '2026-11-23'), row('y', 1, '2026-11-24')];
    await next(answer([scope(1, { fresh: true, rows }), scope(2, { fresh: true })]));
    await prune('2026-11-24', 0);
    expect(Object.keys(await held())).toEqual(['visit:y']);
  });
});

describe('the answer to a record', () => {
  async function versionOf(id: string): Promise<unknown> {
    const kept = await db.rows.get(`visit:${id}`);
    return kept && (await unseal<{ version: number }>(kept.sealed)).version;
  }

  it('is the visit as it now stands', async () => {
    await keepAnswer('visit:a', { visit: { id: 'a', version: 2 }, ticket: null });
    expect(await versionOf('a')).toBe(2);
    expect((await held())['visit:a']).toEqual([1]);
  });

  it('does not undo what the feed has brought since', async () => {
    await next(answer([scope(1, { rows: [row('a', 5)] })]));
    await keepAnswer('visit:a', { id: 'a', version: 4 });
    expect(await versionOf('a')).toBe(5);
  });

  it('brings nothing that the feed has not brought', async () => {
    await keepAnswer('visit:q', { id: 'q', version: 2 });
    await keepAnswer('visit:a', { id: 'b', version: 9 });
    expect(await db.rows.get('visit:q')).toBeUndefined();
    expect(await versionOf('a')).toBe(1);
  });
});
