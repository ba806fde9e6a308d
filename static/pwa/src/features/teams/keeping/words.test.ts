// How changes of many doors are said.
import { describe, expect, it } from 'vitest';
import type { CareChange } from './types';
import { passed, spanOf, titleOf } from './words';

const HAND_OVER: CareChange = {
  id: 'a',
  kind: 'hand_over',
  estate: null,
  person: { id: 'c', name: '陈师傅' },
  receivers: [
    { id: 'l', name: '李姐' },
    { id: 'z', name: '周叔' },
  ],
  first: '2020-11-30',
  last: null,
  note: null,
  households: 12,
  made_by: { id: 'w', name: '王干事' },
  made_at: '2020-11-24T02:00:00Z',
  state: 'standing',
  may_undo: true,
  version: 1,
};

describe('a change of many doors', () => {
  it('says from whom to whom, and nothing twice', () => {
    expect(passed('陈师傅', '李姐')).toBe('陈师傅 → 李姐');
    expect(passed('李姐', '李姐')).toBe('李姐');
    expect(passed(null, '李姐')).toBe('没有 → 李姐');
    expect(passed(null, null)).toBe('没有');
  });

  it('names who hands over to whom, and until when', () => {
    expect(titleOf(HAND_OVER)).toBe('陈师傅交给李姐、周叔');
    expect(spanOf(HAND_OVER)).toContain('不再换回');
    expect(spanOf({ ...HAND_OVER, last: '2020-12-06' })).toContain('到');
  });

  it('names the estate of a suggestion', () => {
    const taken: CareChange = {
      ...HAND_OVER,
      kind: 'suggestion',
      estate: { id: 'e', name: '和园一村' },
    };
    expect(titleOf(taken)).toBe('和园一村按建议安排');
    expect(spanOf(taken)).toBe('');
  });
});
