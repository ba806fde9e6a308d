// Days away and what was promised before.
import { expect, it } from 'vitest';
import { patrolPromised, visitPromised } from './promised';

const AWAY = { first: '2026-12-03', last: '2026-12-05' };

it('a visit is promised by who was asked and said yes, on the days that are meant', () => {
  const visit = { date: '2026-12-03', state: 'accepted', person: { id: 'me' } };
  expect(visitPromised(visit, AWAY, 'me')).toBe(true);
  expect(visitPromised({ ...visit, date: '2026-12-05' }, AWAY, 'me')).toBe(true);
  expect(visitPromised({ ...visit, date: '2026-12-06' }, AWAY, 'me')).toBe(false);
  expect(visitPromised({ ...visit, state: 'proposed' }, AWAY, 'me')).toBe(false);
  expect(visitPromised({ ...visit, state: 'done' }, AWAY, 'me')).toBe(false);
  expect(visitPromised(visit, AWAY, 'who goes along')).toBe(false);
});

it('a patrol is promised by each who said yes', () => {
  const people = [
    { id: 'me', answer: 'accepted' },
    { id: 'other', answer: 'asked' },
  ];
  const patrol = { date: '2026-12-04', state: 'open', people };
  expect(patrolPromised(patrol, AWAY, 'me')).toBe(true);
  expect(patrolPromised(patrol, AWAY, 'other')).toBe(false);
  expect(patrolPromised({ ...patrol, state: 'done' }, AWAY, 'me')).toBe(false);
  expect(patrolPromised({ ...patrol, date: '2026-12-02' }, AWAY, 'me')).toBe(false);
});
