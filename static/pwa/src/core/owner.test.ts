// How a person's traces leave a phone.
import { beforeEach, describe, expect, it } from 'vitest';
import { db, type OutboxEntry, ownerId } from './db';
import { keepDraft, readDraft } from './draft';
import { forgetReadings, keepSession, readSession, wipe } from './owner';
import { seal, type Sealed, unseal, Unreadable } from './seal';

const session = (id: string) => ({ person: { id }, csrf_token: `token of ${id}` });

async function leaveTraces(person: string): Promise<void> {
  await keepSession(session(person));
  await db.rows.put({
    id: `visit:${person}`,
    kind: 'visit',
    scopes: [1],
    until: null,
    sealed: await seal(person),
  });
  await db.cache.put({ path: `/${person}`, at: 1, sealed: await seal(person) });
  await db.photos.put({ hash: person, person_id: person, sealed: await seal(person) });
  await db.outbox.put({
    key: person,
    person_id: person,
    sealed: await seal(person),
  } as OutboxEntry);
  await keepDraft('ticket:new', { text: person });
}

async function waiting(): Promise<Sealed> {
  return (await db.outbox.toArray())[0]?.sealed ?? { plain: 'nothing' };
}

async function counts(): Promise<Record<string, number>> {
  const pairs = db.tables.map(async (table) => [table.name, await table.count()] as const);
  return Object.fromEntries((await Promise.all(pairs)).filter(([, count]) => count > 0));
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
  await leaveTraces('me');
});

describe('signing out', () => {
  it('leaves nothing at all', async () => {
    await wipe();
    expect(await counts()).toEqual({});
  });

  it('leaves what waits of somebody else, who was signed in before', async () => {
    await forgetReadings();
    await leaveTraces('another');
    await wipe();
    expect(await counts()).toEqual({ keys: 1, outbox: 1, photos: 1, drafts: 1 });
    await keepSession(session('me'));
    expect(await readDraft('ticket:new')).toEqual({ text: 'me' });
    expect(await unseal(await waiting())).toBe('me');
  });
});

describe('a session that ran out', () => {
  it('takes what was read, and keeps what waits, the forms and the key', async () => {
    await forgetReadings();
    expect(await counts()).toEqual({ keys: 1, outbox: 1, photos: 1, drafts: 1, settings: 1 });
    expect([await ownerId(), await readSession()]).toEqual(['', null]);
  });

  it('and is ended from afar afterwards is wiped all the same', async () => {
    const before = await waiting();
    await forgetReadings();
    await wipe();
    expect(await counts()).toEqual({});
    await expect(unseal(before)).rejects.toBeInstanceOf(Unreadable);
  });
});

describe('another person', () => {
  it('finds nothing of the first one, and begins forms of their own', async () => {
    await keepSession(session('another'));
    expect(await counts()).toMatchObject({ keys: 2, outbox: 1, drafts: 1 });
    expect([await db.rows.count(), await db.cache.count()]).toEqual([0, 0]);
    expect(await readDraft('ticket:new')).toBeNull();
    await keepDraft('ticket:new', { text: 'another' });
    await keepSession(session('me'));
    expect(await readDraft('ticket:new')).toEqual({ text: 'me' });
  });
});

it('the same person again finds what was there', async () => {
  await keepSession({ ...session('me'), csrf_token: 'new' });
  expect(await db.rows.count()).toBe(1);
  expect(await readSession()).toMatchObject({ csrf_token: 'new' });
});
