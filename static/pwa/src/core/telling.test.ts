// What a phone says of what lies on it.
import { expect, it } from 'vitest';
import type { OutboxEntry } from './db';
import { lyingIn } from './telling';

function entry(object: string, state: OutboxEntry['state'], created_at: number, person_id = 'me') {
  return { object, state, created_at, person_id } as OutboxEntry;
}

it('counts this person’s work, and neither photos nor what has arrived', () => {
  const entries = [
    entry('visit:1', 'received', 1),
    entry('visit:2', 'waiting', 3_000),
    entry('visit:3', 'sending', 4_000),
    entry('visit:4', 'refused', 2_000),
    entry('media:a', 'waiting', 1_500),
    entry('visit:5', 'waiting', 1_000, 'another'),
  ];
  expect(lyingIn(entries, 'me', 720)).toEqual({
    waiting: 2,
    refused: 1,
    oldest_at: '1970-01-01T00:00:02.000Z',
    skew_seconds: 720,
  });
});

it('says that nothing lies here', () => {
  expect(lyingIn([], 'me', 0)).toMatchObject({ waiting: 0, refused: 0, oldest_at: null });
});
