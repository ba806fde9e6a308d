// What is said where several went to one door.
import { describe, expect, it } from 'vitest';
import { differWords, voicesOf, wasPicked } from './accounts';
import type { Account, Told, Visit } from './types';

const chen = { id: 'c', name: '陈师傅' };
const li = { id: 'l', name: '李姐' };

function told(by: Told['by'], outcome: string): Told {
  const received_at = '2026-11-24T10:42:00Z';
  return { by, on: '2026-11-24', method: 'door', outcome, needs: [], note: null, received_at };
}

function visit(outcomes: string[], more: Partial<Visit> = {}): Visit {
  const [first = 'ok', ...others] = outcomes;
  const accounts: Account[] = others.map((outcome, place) => ({
    ...told(li, outcome),
    id: `a${place}`,
  }));
  const record = { ...told(chen, first), slot: 'evening', next_step: null, ticket_id: null };
  return { record, accounts, disputed: false, may_pick: false, ...more } as Visit;
}

describe('several visitors of one visit', () => {
  it('are heard in turn, the record first', () => {
    const voices = voicesOf(visit(['ok', 'not_home']));
    expect(voices.map((one) => [one.account_id, one.told.by.name])).toEqual([
      [null, '陈师傅'],
      ['a0', '李姐'],
    ]);
  });

  it('who differ are decided upon by the leader, or by who reads it', () => {
    const differ = visit(['ok', 'not_home'], { disputed: true });
    expect(differWords(differ)).toBe('两个人记的不一样，由负责人定。');
    expect(differWords({ ...differ, may_pick: true })).toBe('两个人记的不一样，请您定一份作准。');
    expect(differWords(visit(['ok', 'not_home', 'issue']))).toContain('3 个人');
  });

  it('have a record that counts only once somebody has picked between different ones', () => {
    expect(wasPicked(visit(['ok', 'not_home'], { disputed: true }))).toBe(false);
    expect(wasPicked(visit(['ok', 'not_home']))).toBe(true);
    expect(wasPicked(visit(['ok', 'ok']))).toBe(false);
  });

  it('are not known to an answer that an older app has kept', () => {
    const old = { record: { on: '2026-11-20', outcome: 'ok' } } as unknown as Visit;
    expect(voicesOf(old)).toHaveLength(1);
  });
});
