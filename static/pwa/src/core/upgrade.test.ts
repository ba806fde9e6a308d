// A phone with the first tables opens the new ones: what waited is still there, and gets sealed.
import Dexie from 'dexie';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { db, ownerId } from './db';
import { readDraft } from './draft';
import { openEntry } from './entry';
import { readSession } from './owner';
import { reseal, resealSession } from './reseal';
import { unsealBytes } from './seal';

const PHOTO = 'b'.repeat(64);
const FORM = { text: '灯坏了', photos: [PHOTO] };

async function fillOldTables(): Promise<void> {
  const old = new Dexie('honglin');
  old.version(1).stores({
    cache: 'path, at',
    outbox: '++seq, &key, object, state',
    photos: 'hash',
    drafts: 'id, at',
    settings: 'name',
  });
  const value = { person: { id: 'me', name: '陈师傅' }, csrf_token: 'token' };
  await old.table('settings').put({ name: 'session', value });
  await old.table('outbox').put({
    key: 'k1',
    person_id: 'me',
    object: 'ticket:1',
    label: '报事 灯坏了',
    method: 'POST',
    path: '/tickets',
    body: { id: '1' },
    if_match: null,
    media: [PHOTO],
    state: 'waiting',
    reason: '现在没有信号，连上网再试。',
    code: null,
    answer: null,
    attempts: 2,
    next_try_at: 5,
    created_at: 7,
    settled_at: null,
  });
  await old.table('photos').put({ hash: PHOTO, blob: new Blob(['picture']) });
  await old.table('drafts').put({ id: 'ticket:new', value: FORM, at: 9 });
  await old.table('cache').put({ path: '/inbox', body: { items: [] }, at: 3 });
  old.close();
}

async function picture(): Promise<string | undefined> {
  const kept = await db.photos.get(PHOTO);
  return kept && (await unsealBytes(kept.sealed)).text();
}

beforeAll(async () => {
  await fillOldTables();
  await db.open();
});

afterAll(() => db.delete());

it('keeps the session, the entries, the photos, the forms and the answers', async () => {
  expect(await ownerId()).toBe('me');
  expect(await readSession()).toMatchObject({ person: { name: '陈师傅' } });
  const entry = await db.outbox.get(1);
  expect(entry).toMatchObject({
    key: 'k1',
    state: 'waiting',
    attempts: 2,
    media: [PHOTO],
    creates: [],
  });
  expect(entry && (await openEntry(entry))).toMatchObject({
    label: '报事 灯坏了',
    body: { id: '1' },
  });
  expect(await readDraft('ticket:new')).toEqual(FORM);
  expect(await db.drafts.toArray()).toMatchObject([{ person_id: 'me', at: 9, hashes: [PHOTO] }]);
  expect(await picture()).toBe('picture');
});

it('seals them at the next start, and they are the same', async () => {
  await resealSession();
  await reseal();
  const kept = [
    ...(await db.outbox.toArray()),
    ...(await db.photos.toArray()),
    ...(await db.drafts.toArray()),
    ...(await db.cache.toArray()),
  ];
  expect(kept).toHaveLength(4);
  for (const row of kept) expect(row.sealed).toMatchObject({ by: 'me' });
  expect((await db.settings.get('session'))?.value).toMatchObject({ by: 'me' });
  expect(await readSession()).toMatchObject({ person: { id: 'me' }, csrf_token: 'token' });
  expect(await picture()).toBe('picture');
  expect(await readDraft('ticket:new')).toEqual(FORM);
  const entry = await db.outbox.get(1);
  expect(entry && (await openEntry(entry))).toMatchObject({ label: '报事 灯坏了' });
});
