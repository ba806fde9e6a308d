// Random days of a phone: two tabs, bad weather, crashes in the middle, refusals, a server that comes
// back from a backup. Whatever happens, everything arrives once, in order, and nothing is lost.
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { db } from './db';
import { ModelServer, type Weather, type Work } from './modelled';
import { keepSession } from './owner';
import { sealBytes } from './seal';
import { PIECE_BYTES } from './upload';

const PHOTOS = ['a', 'b', 'c'].map((one) => one.repeat(64));
const STEPS = 14;
const SEEDS = 24;

/** One open page: its own memory; it may die at any moment. */
interface Tab {
  drain: typeof import('./drain').drain;
  put: typeof import('./outbox').put;
  tryAgain: typeof import('./outbox').tryAgain;
  offerAgain: typeof import('./tidy').offerAgain;
  die: () => void;
  death: Promise<never>;
  dead: boolean;
}

const inTab = new AsyncLocalStorage<Tab>();
let random: () => number;
let server: ModelServer;
let weather: () => Weather;
let crash: () => boolean;
let tail: Promise<unknown>;

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const chance = (share: number): boolean => random() < share;
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

async function openTab(): Promise<Tab> {
  vi.resetModules();
  const { db: store } = await import('./db');
  const { drain } = await import('./drain');
  const { put, tryAgain } = await import('./outbox');
  const { offerAgain } = await import('./tidy');
  let kill: (error: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => (kill = reject));
  death.catch(() => undefined);
  const tab: Tab = {
    ...{ drain, put, tryAgain, offerAgain, death, dead: false },
    die: () => {
      tab.dead = true;
      store.close();
      kill(new Error('the page was killed'));
    },
  };
  return tab;
}

/** What a tab does ends when it is killed; the lock is free then, as the browser frees it. */
async function within(tab: Tab, act: () => Promise<unknown>): Promise<void> {
  await Promise.race([inTab.run(tab, act), tab.death]).catch(() => undefined);
}

const locks = {
  request(_name: string, act: () => Promise<unknown>): Promise<unknown> {
    const tab = inTab.getStore();
    const mine = tail.then(() => Promise.race([act(), tab?.death ?? new Promise(() => undefined)]));
    tail = mine.catch(() => undefined);
    return mine;
  },
};

async function fetched(url: string, init: RequestInit): Promise<Response> {
  const tab = inTab.getStore();
  if (tab && crash()) {
    if (chance(0.5)) await server.fetch(url, init, 'fair').catch(() => undefined);
    tab.die();
  }
  if (tab?.dead) return new Promise(() => undefined);
  return server.fetch(url, init, weather());
}

function workOf(n: number, tickets: string[]): Work {
  const media = chance(0.3) ? [oneOf(PHOTOS)] : [];
  const refuse = chance(0.15);
  if (tickets.length > 0 && chance(0.5))
    return { n, object: oneOf(tickets), creates: [], media, refuse };
  const object = `visit:${Math.floor(random() * 3)}`;
  const creates = chance(0.5) ? [`ticket:${n}`] : [];
  tickets.push(...creates);
  return { n, object, creates, media, refuse };
}

async function putIn(tab: Tab, work: Work): Promise<void> {
  for (const hash of work.media) {
    const size = hash.startsWith('a') ? 100 : PIECE_BYTES + 100;
    const sealed = await sealBytes(new Blob([new Uint8Array(size)]));
    await db.photos.put({ hash, person_id: 'me', sealed });
  }
  await tab.put({
    object: work.object,
    creates: work.creates,
    label: String(work.n),
    method: 'POST',
    path: `/${work.object.replace(':', '/')}`,
    body: work,
    media: work.media,
  });
}

async function mendRefused(tab: Tab): Promise<void> {
  const refused = await db.outbox.where('state').equals('refused').primaryKeys();
  for (const seq of refused) await within(tab, () => tab.tryAgain(seq));
}

beforeEach(async () => {
  await Promise.all([db.outbox.clear(), db.photos.clear()]);
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
  server = new ModelServer();
  tail = Promise.resolve();
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('navigator', { locks });
});

afterEach(() => vi.unstubAllGlobals());

async function liveADay(): Promise<Work[]> {
  const tabs = [await openTab(), await openTab()];
  const works: Work[] = [];
  const tickets: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    for (const [index, tab] of tabs.entries()) if (tab.dead) tabs[index] = await openTab();
    const [tab, other] = tabs as [Tab, Tab];
    const writes = Math.floor(random() * 3);
    for (let count = 0; count < writes; count += 1) {
      const work = workOf(works.length, tickets);
      works.push(work);
      await putIn(tab, work);
    }
    if (chance(0.1)) server.backUp();
    if (chance(0.05)) {
      server.restore();
      await within(tab, () => tab.offerAgain());
    }
    const options = oneOf([{}, { networkIsBack: true }, { ignorePauses: true }]);
    await Promise.all([
      within(tab, () => tab.drain(options)),
      within(other, () => other.drain({ ignorePauses: true })),
    ]);
    if (chance(0.2)) await mendRefused(tab);
  }
  return works;
}

async function endTheDay(): Promise<void> {
  weather = () => 'fair';
  crash = () => false;
  const tab = await openTab();
  for (let turn = 0; turn < 40; turn += 1) {
    await within(tab, () => tab.drain({ ignorePauses: true }));
    await mendRefused(tab);
    const open = await db.outbox.where('state').notEqual('received').count();
    if (open === 0) return;
  }
}

function orderIsKept(works: Work[]): void {
  for (const object of new Set(works.map((work) => work.object))) {
    const about = (list: Work[]) =>
      list.filter((work) => work.object === object && !work.refuse).map((work) => work.n);
    expect(about(server.held.done)).toEqual(about(works));
  }
}

it.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
  'everything arrives once and in order, whatever happens (day %i)',
  async (seed) => {
    random = mulberry(seed);
    const bad = ['lost on the way', 'lost on the way back', 'busy'] as const;
    weather = () => (chance(0.3) ? oneOf(bad) : 'fair');
    crash = () => chance(0.06);
    const works = await liveADay();
    await endTheDay();
    const states = new Set((await db.outbox.toArray()).map((entry) => entry.state));
    expect([...states]).toEqual(works.length > 0 ? ['received'] : []);
    const done = server.held.done.map((work) => work.n).sort((one, other) => one - other);
    expect(done).toEqual(works.map((work) => work.n));
    expect(server.wrong).toEqual([]);
    orderIsKept(works);
  },
  20_000,
);
