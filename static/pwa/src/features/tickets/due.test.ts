// When a ticket is due, in words.
import { describe, expect, it } from 'vitest';
import { dueWords, lookOfClock, running } from './due';
import type { TicketClock } from './types';

const NOW = new Date('2026-11-24T02:00:00Z');

function clock(changes: Partial<TicketClock>): TicketClock {
  return {
    holder: 'lead',
    holder_name: '和园物业',
    kind: 'resolve',
    name: '办结',
    state: 'running',
    due_at: '2026-11-26T08:30:00Z',
    ended_at: null,
    stopped_until: null,
    why: ['从11月24日（周二）10:00 派单时起算。'],
    ...changes,
  };
}

describe('when a ticket is due', () => {
  it('says until when, and since when it is late', () => {
    expect(dueWords('2026-11-24T08:30:00Z', NOW)).toBe('16:30 前');
    expect(dueWords('2026-11-25T08:30:00Z', NOW)).toBe('明天 16:30 前');
    expect(dueWords('2026-11-23T08:30:00Z', NOW)).toBe('昨天 16:30 到期');
  });

  it('marks only what presses, by a word and a shape', () => {
    expect(lookOfClock(clock({}))).toBeNull();
    expect(lookOfClock(clock({ state: 'overdue' }))?.words).toBe('超时');
    expect(lookOfClock(clock({ state: 'stopped' }))?.words).toBe('暂停');
  });

  it('leaves out what has ended, and bears a ticket from an older answer', () => {
    const ended = clock({ ended_at: '2026-11-24T01:00:00Z' });
    expect(running([ended, clock({ kind: 'arrive' })]).map((one) => one.kind)).toEqual(['arrive']);
    expect(running(undefined)).toEqual([]);
  });
});
