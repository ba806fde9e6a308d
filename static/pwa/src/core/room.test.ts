// A full phone: nothing older is lost, and the person is told.
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { db, type OutboxEntry } from './db';
import { type Room, roomIn, roomy, whenRoomChanges } from './room';

const MB = 1024 * 1024;
let room: Room;
whenRoomChanges((now) => (room = now));

const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));

async function photo(hash: string, state: string): Promise<void> {
  await db.photos.put({ hash, person_id: 'me', sealed: { plain: hash } });
  await db.outbox.put({
    key: hash,
    object: `media:${hash}`,
    media: [] as string[],
    state,
  } as OutboxEntry);
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
});

it('room is low below twenty megabytes, or above nine tenths', () => {
  expect(roomIn({ usage: 1 * MB, quota: 1000 * MB })).toBe('enough');
  expect(roomIn({ usage: 81 * MB, quota: 100 * MB })).toBe('low');
  expect(roomIn({ usage: 901 * MB, quota: 1000 * MB })).toBe('low');
  expect(roomIn({})).toBe('enough');
});

describe('a write on a full phone', () => {
  it('gives up what can be read again, and never what waits', async () => {
    await db.cache.put({ path: '/x', at: 1, sealed: { plain: 1 } });
    await photo('sent', 'received');
    await photo('waits', 'waiting');
    await photo('cited', 'received');
    await db.outbox.put({
      key: 't',
      object: 'ticket:1',
      media: ['cited'],
      state: 'waiting',
    } as OutboxEntry);
    await photo('drafted', 'received');
    const draft = { id: 'me|x', person_id: 'me', at: 1, sealed: { plain: 1 } };
    await db.drafts.put({ ...draft, hashes: ['drafted'] });
    let tries = 0;
    expect(await roomy(() => (++tries === 1 ? full() : Promise.resolve('kept')))).toBe('kept');
    expect(await db.photos.toCollection().primaryKeys()).toEqual(['cited', 'drafted', 'waits']);
    expect([await db.cache.count(), await db.outbox.count(), room]).toEqual([0, 5, 'low']);
  });

  it('is refused in plain words when that was not enough', async () => {
    const inside = new Dexie.AbortError('aborted', new DOMException('full', 'QuotaExceededError'));
    await expect(roomy(() => Promise.reject(inside))).rejects.toMatchObject({ code: 'no_room' });
    expect(room).toBe('none');
  });

  it('leaves other faults alone', async () => {
    await expect(roomy(() => Promise.reject(new TypeError('odd')))).rejects.toThrow('odd');
  });
});
