// What the clerk reads about a round.
import { describe, expect, it } from 'vitest';
import { emptyDraft, progress, someOf, stateLook, visitLook, withAll } from './rounds';
import type { Round } from './types';

const round = (state: string, counts: Record<string, number>): Round => ({
  id: '1',
  title: '冬季走访',
  purpose: 'care',
  team: { id: 't', name: '红旗手一队', kind: 'red_flag' },
  starts_on: '2026-11-25',
  ends_on: '2026-12-08',
  state,
  counts,
  version: 1,
});

describe('a round', () => {
  it('says that a draft has not been sent', () => {
    expect(progress(round('draft', { households: 3 }))).toBe('还没发出');
  });

  it('counts what is done, what waits for an answer and what nobody looks after', () => {
    const counts = { households: 9, done: 2, proposed: 4, nobody: 1 };
    expect(progress(round('published', counts))).toBe(
      '走了 2 / 9 户 · 4 户等回话 · 1 户没有能去的人',
    );
  });

  it('has a shape for every state, also for one it does not know', () => {
    expect(stateLook('published').shape).toBe('▶');
    expect(stateLook('new-state').shape).toBe('○');
  });

  it('adds its visits up and names each state as the office does', () => {
    expect(withAll({ households: 9, proposed: 4, done: 2 }).visits).toBe(6);
    expect(visitLook('turned_down').words).toBe('婉拒了');
    expect(visitLook('proposed')).toEqual({ tone: 'warn', shape: '○', words: '等回话' });
  });

  it('names the first of a long list and counts the rest', () => {
    expect(someOf(['甲', '乙'], 2)).toBe('甲、乙');
    expect(someOf(['甲', '乙', '丙'], 2)).toBe('甲、乙……等 3 个');
  });

  it('takes the households picked elsewhere with it', () => {
    expect(emptyDraft([], ['h1']).whom.household_ids).toEqual(['h1']);
  });

  it('begins tomorrow and lasts two weeks, with windows of its own', () => {
    const usual = [{ days: 'weekday', from: '18:30', to: '20:30' }];
    const draft = emptyDraft(usual);
    draft.windows.pop();
    expect(usual).toHaveLength(1);
    expect(draft.starts_on < draft.ends_on).toBe(true);
  });
});
