// Pulling: resumed where it broke off, once for two tabs, and never for another person.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db, readSetting } from './db';
import { askAhead, feedState, forgetAhead, pull, whenOfferedAgain } from './feed';
import { keepSession, wipe } from './owner';

interface Page {
  cursor: string;
  more?: boolean;
  rows?: string[];
  restored?: boolean;
  generation?: string;
}

let pages: Record<string, Page | number>;
let asked: string[];

function body({ cursor, more = false, rows = [], restored = false, generation = 'g1' }: Page) {
  const held = rows.map((id) => ({ kind: 'visit', id, until: null, row: { id } }));
  return {
    generation,
    offer_again: restored,
    cursor,
    more,
    server_time: '2026-11-24T01:00:00Z',
    lost: [],
    scopes: [{ id: 1, fresh: false, rows: held, gone: [] }],
  };
}

async function ids(): Promise<string[]> {
  return db.rows.toCollection().primaryKeys();
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
  asked = [];
  vi.stubGlobal('fetch', (url: string) => {
    const cursor = new URL(url, 'http://x').searchParams.get('cursor') ?? '';
    asked.push(cursor);
    const page = pages[cursor];
    if (page === undefined) return Promise.reject(new TypeError('no network'));
    if (page === 204) return Promise.resolve(new Response(null, { status: 204 }));
    return Promise.resolve(
      typeof page === 'number' ? Response.json({}, { status: page }) : Response.json(body(page)),
    );
  });
});

afterEach(() => vi.unstubAllGlobals());

describe('a pull', () => {
  it('goes on until there is no more', async () => {
    pages = { '': { cursor: '1', more: true, rows: ['a'] }, '1': { cursor: '2', rows: ['b'] } };
    await pull();
    expect(await ids()).toEqual(['visit:a', 'visit:b']);
    expect([asked, feedState.problem, feedState.syncing]).toEqual([['', '1'], null, false]);
  });

  it('is up to date when the server answers that nothing is new', async () => {
    await db.settings.put({ name: 'cursor', value: '7' });
    pages = { '7': 204 };
    await pull();
    expect([asked, await readSetting('cursor')]).toEqual([['7'], '7']);
    expect(Number(await readSetting('synced_at'))).toBeGreaterThan(0);
  });

  it('that broke off says so, and is resumed where it was', async () => {
    pages = { '': { cursor: '1', more: true, rows: ['a'] } };
    await pull();
    expect(feedState.problem?.code).toBe('no_network');
    expect(await readSetting('synced_at')).toBeNull();
    pages = { '1': { cursor: '2', rows: ['b'] } };
    await pull();
    expect(asked).toEqual(['', '1', '1']);
    expect(await ids()).toEqual(['visit:a', 'visit:b']);
    expect(feedState.problem).toBeNull();
  });

  it('asked for many times at once goes round at most twice', async () => {
    pages = { '': { cursor: '1' }, '1': { cursor: '1' } };
    await Promise.all([pull(), pull(), pull(), pull()]);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('is not repeated for a second tab that asked before the first was done', async () => {
    pages = { '': { cursor: '1' }, '1': { cursor: '1' } };
    vi.resetModules();
    const other = await import('./feed');
    const before = new Promise((resolve) => setTimeout(resolve, 5)); // both must wait their turn
    void navigator.locks.request('honglin-feed', () => before);
    await Promise.all([pull(), other.pull()]);
    expect(asked).toHaveLength(1);
  });

  it('goes on when the clock of the phone was set back', async () => {
    await db.settings.put({ name: 'synced_at', value: Date.now() + 86_400_000 });
    pages = { '': { cursor: '1', rows: ['a'] } };
    await pull();
    expect(await ids()).toEqual(['visit:a']);
  });

  it('starts anew when the server cannot read the cursor', async () => {
    await db.settings.put({ name: 'cursor', value: 'odd' });
    pages = { odd: 422, '': { cursor: '1', rows: ['a'] } };
    await pull();
    await pull();
    expect(asked).toEqual(['odd', '']);
    expect(await ids()).toEqual(['visit:a']);
  });

  it('asks for nothing when nobody is signed in', async () => {
    await wipe();
    await pull();
    expect(asked).toEqual([]);
  });
});

describe('a server that came back from a backup', () => {
  it('is offered again what was sent, also when the page was closed before', async () => {
    await db.settings.bulkPut([
      { name: 'cursor', value: '7' },
      { name: 'generation', value: 'g1' },
    ]);
    const offered: string[] = [];
    whenOfferedAgain(() => Promise.reject(new Error('closed in the middle')));
    pages = {
      '7': { cursor: '1', restored: true, generation: 'g2', rows: ['a'] },
      '1': { cursor: '1', generation: 'g2' },
    };
    await pull();
    whenOfferedAgain(() => {
      offered.push('again');
      return Promise.resolve();
    });
    await pull();
    await pull();
    expect(offered).toEqual(['again']);
  });
});

describe('what was asked ahead', () => {
  it('is taken by the first pull, once', async () => {
    pages = { '': { cursor: '1', rows: ['a'] }, '1': 204 };
    askAhead();
    await pull();
    await pull();
    expect([asked, await ids()]).toEqual([['', '1'], ['visit:a']]);
  });

  it('is nobody else’s when nobody was signed in', async () => {
    pages = { '': { cursor: '1', rows: ['a'] } };
    askAhead();
    forgetAhead();
    await pull();
    expect(asked).toEqual(['', '']);
  });

  it('does not stand in the way when it failed', async () => {
    pages = {};
    askAhead();
    await new Promise((resolve) => setTimeout(resolve));
    pages = { '': { cursor: '1', rows: ['a'] } };
    await pull();
    expect(await ids()).toEqual(['visit:a']);
  });
});
