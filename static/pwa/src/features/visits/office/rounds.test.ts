// What the clerk reads about a round.
import { describe, expect, it } from 'vitest';
import { emptyDraft, progress, stateLook } from './rounds';
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
    expect(progress(round('published', counts))).toBe('走了 2 / 9 户 · 4 户等回话 · 1 户没人管');
  });

  it('has a shape for every state, also for one it does not know', () => {
    expect(stateLook('published').shape).toBe('▶');
    expect(stateLook('new-state').shape).toBe('○');
  });

  it('begins tomorrow and lasts two weeks, with windows of its own', () => {
    const usual = [{ days: 'weekday', from: '18:30', to: '20:30' }];
    const draft = emptyDraft(usual);
    draft.windows.pop();
    expect(usual).toHaveLength(1);
    expect(draft.starts_on < draft.ends_on).toBe(true);
  });
});
