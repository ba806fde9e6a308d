// What a change moves, in words.
import { describe, expect, it } from 'vitest';
import { sayCount, sayPlaces, sayWays, sayWork, wayOf } from './moves';
import type { MovedClock, Moves, Retiming } from './types';

function moves(change: Partial<Moves>): Moves {
  const ways = { sooner: 0, later: 0, begun: 0, gone: 0, late: 0 };
  return { count: 0, tickets: 0, ways, communities: [], next_offset: null, items: [], ...change };
}

function clock(old_due: string | null, new_due: string | null): MovedClock {
  const words = { number: '', place_text: '', clock_name: '', holder_name: '' };
  return { ticket_id: '1', ...words, old_due, new_due };
}

const WORK: Retiming = { id: '1', state: 'running', done: 0, total: null, moved: null, why: null };

describe('what a change moves', () => {
  it('is counted by tickets, and by clocks where a ticket has several', () => {
    expect(sayCount(moves({ count: 0 }))).toContain('没有正在办的工单会变');
    expect(sayCount(moves({ count: 3, tickets: 3 }))).toBe('3 件会变');
    expect(sayCount(moves({ count: 5, tickets: 3 }))).toBe('3 件会变，共 5 个时限');
  });

  it('names only the ways that there are', () => {
    const ways = { sooner: 2, later: 0, begun: 1, gone: 0, late: 1 };
    expect(sayWays(moves({ ways }))).toBe('2 个提前、1 个新起算');
  });

  it('names the communities with most, and how many others there are', () => {
    const communities = Array.from({ length: 8 }, (_, n) => ({
      name: `第${n}社区`,
      tickets: 9 - n,
    }));
    expect(sayPlaces(moves({ communities }))).toMatch(/^第0社区 9 件、.*还有 2 个社区$/);
  });

  it('goes one way or another', () => {
    expect(wayOf(clock('2026-11-24T02:00:00Z', '2026-11-24T01:00:00Z'))).toBe('sooner');
    expect(wayOf(clock('2026-11-24T02:00:00Z', '2026-11-25T01:00:00Z'))).toBe('later');
    expect(wayOf(clock(null, '2026-11-25T01:00:00Z'))).toBe('begun');
    expect(wayOf(clock('2026-11-25T01:00:00Z', null))).toBe('gone');
  });
});

describe('the work', () => {
  it('says how far it is and how it ended', () => {
    expect(sayWork(WORK)).toContain('几秒后开始');
    expect(sayWork({ ...WORK, done: 400, total: 900 })).toBe('正在改：看过 400 / 900 件');
    expect(sayWork({ ...WORK, state: 'done', moved: 7 })).toBe('7 个时限已经改过来了。');
    expect(sayWork({ ...WORK, state: 'done', moved: 0 })).toBe('没有要改的时限。');
    expect(sayWork({ ...WORK, state: 'failed', why: '没有做完。' })).toBe('没有做完。');
  });
});
