// What follows a record, as the phone says it by itself.
import { describe, expect, it } from 'vitest';
import { followsOf, nextStepOf } from './following';

function asked(outcome: string, next_step = '', method = 'door') {
  return { outcome, next_step, method };
}

describe('nobody at home', () => {
  it('is tried at another time, then by telephone, then handed to who is near', () => {
    const steps = [1, 2, 3, 4].map((attempt) => nextStepOf(asked('not_home'), attempt));
    expect(steps).toEqual(['other_time', 'phone', 'building_head', 'building_head']);
  });

  it('follows what the visitor says instead', () => {
    expect(nextStepOf(asked('not_home', 'building_head'), 1)).toBe('building_head');
    expect(followsOf(asked('not_home', 'building_head'), 1, 'general')?.coming).toBe('none');
  });

  it('worries the same day about a household of the highest level only', () => {
    const hears = ['high', 'focus', 'general'].map(
      (level) => followsOf(asked('not_home'), 1, level)?.hears,
    );
    expect(hears).toEqual(['all_today', 'nobody', 'nobody']);
  });

  it('speaks of ringing again where one telephoned', () => {
    expect(followsOf(asked('not_home', '', 'phone'), 1, 'general')?.sentence).toContain('再打');
    expect(followsOf(asked('not_home'), 1, 'general')?.sentence).toContain('再来');
  });
});

describe('every other outcome', () => {
  it('is a full result', () => {
    for (const outcome of ['ok', 'issue', 'declined'])
      expect(followsOf(asked(outcome), 1, 'high')).toMatchObject({
        coming: 'none',
        hears: 'nobody',
      });
    expect(followsOf(asked('ok', '', 'ok_signal'), 1, 'high')?.sentence).toContain('不用敲门');
  });

  it('keeps the wish that was spoken', () => {
    expect(followsOf(asked('declined', 'no_more_visits'), 1, 'general')?.sentence).toContain(
      '不再上门',
    );
    expect(followsOf(asked('rescheduled'), 1, 'general')?.coming).toBe('appointed');
  });

  it('says nothing before the form does', () => {
    expect(followsOf(asked(''), 1, 'high')).toBeUndefined();
    expect(followsOf(asked('other'), 1, 'high')).toBeUndefined();
  });
});
