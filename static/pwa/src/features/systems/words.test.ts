// What is said of keys, addresses and tries.
import { describe, expect, it } from 'vitest';
import type { Hook, Key, Tried } from './types';
import { hookStanding, keyStanding, sayKind, sayUse, triedStanding } from './words';

const hook = (said: Partial<Hook> = {}): Hook => ({
  id: 'h',
  name: '热线',
  url: 'https://a.example/',
  kinds: ['ticket.opened'],
  place: { id: 'p', name: '和园社区' },
  created_at: '2026-11-24T09:00:00Z',
  failures: 0,
  last_taken_at: null,
  stopped_at: null,
  ...said,
});
const key = (said: Partial<Key> = {}): Key => ({
  id: 'k',
  name: '热线',
  place: { id: 'p', name: '和园社区' },
  created_at: '2026-11-24T09:00:00Z',
  last_used_on: null,
  revoked_at: null,
  ...said,
});
const tried = (said: Partial<Tried> = {}): Tried => ({
  id: 't',
  kind: 'trial',
  at: '2026-11-24T09:00:00Z',
  status: 204,
  taken: true,
  ...said,
});

describe('other systems', () => {
  it('say how a try went', () => {
    expect(triedStanding(tried()).words).toBe('收到了（204）');
    expect(triedStanding(tried({ status: 500, taken: false })).words).toBe('对方没收（500）');
    expect(triedStanding(tried({ status: null, taken: false })).words).toBe('连不上对方');
  });

  it('say how an address stands: what is stopped comes before what failed', () => {
    expect(hookStanding(hook()).words).toBe('在发');
    expect(hookStanding(hook({ failures: 3 })).words).toBe('连着 3 次没送到');
    const stopped = hook({ failures: 3, stopped_at: '2026-11-24T09:00:00Z' });
    expect(hookStanding(stopped).words).toBe('停发');
  });

  it('say whether a key is good, and when it was used', () => {
    expect(keyStanding(key()).words).toBe('可以用');
    expect(keyStanding(key({ revoked_at: '2026-11-24T09:00:00Z' })).words).toBe('作废了');
    expect(sayUse(key())).toBe('还没用过');
    expect(sayUse(key({ last_used_on: '2026-11-20' }))).toContain('11月20日');
  });

  it('say what is told; what a newer server knows stays as it is', () => {
    expect(sayKind('ticket.moved')).toBe('工单有进展');
    expect(sayKind('ticket.else')).toBe('ticket.else');
  });
});
