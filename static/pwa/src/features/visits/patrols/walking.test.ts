// Without a network a point is ticked on the phone, and nothing leaves it before the end.
import { beforeEach, expect, it, vi } from 'vitest';
import { db } from '@/core/db';
import { readDraft } from '@/core/draft';
import { keepSession } from '@/core/owner';
import type { Patrol } from './types';
import { answerPatrol, tickScanned } from './walking';

const PATROL: Patrol = {
  id: 'a',
  name: '早上一圈',
  date: '2026-11-24',
  window: { from: '09:00', to: '10:00' },
  state: 'open',
  people: [],
  points: [],
  seen: [],
  minutes: null,
  remark: null,
  version: 1,
};

beforeEach(async () => {
  vi.restoreAllMocks();
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('no network')));
  await Promise.all(db.tables.map((table) => table.clear()));
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
});

it('a scanned point is ticked once in the form that the page opens with, and nothing is sent', async () => {
  await tickScanned(PATROL, 'gate');
  await tickScanned(PATROL, 'shed');
  await tickScanned(PATROL, 'gate');
  expect(await readDraft('patrol:a')).toMatchObject({ seen: ['gate', 'shed'], minutes: '60' });
  expect(await db.outbox.count()).toBe(0);
  expect(fetch).not.toHaveBeenCalled();
});

it('an answer waits on the phone until there is a network', async () => {
  expect(await answerPatrol(PATROL, 'accepted')).toBe('');
  expect(await db.outbox.toArray()).toMatchObject([{ object: 'patrol:a', state: 'waiting' }]);
});
