import { describe, expect, it } from 'vitest';
import {
  company,
  emptyWalk,
  inOrder,
  lengths,
  markIn,
  minutesOf,
  myAnswer,
  myTurn,
  pointAt,
  sayMinutes,
  walkBody,
} from './patrol';
import type { Patrol } from './types';

const PLACE = { id: 'e', name: '和园一村' };

function patrol(id: string, date: string, state = 'open'): Patrol {
  return {
    id,
    name: '早上一圈',
    date,
    window: { from: '09:00', to: '10:00' },
    state,
    people: [
      { id: 'me', name: '李姐', answer: 'accepted', walked: false },
      { id: 'b', name: '王师傅', answer: 'asked', walked: false },
      { id: 'c', name: '赵老师', answer: 'declined', walked: false },
    ],
    points: [{ id: `${id}-p`, name: '东门', hint: null, place: PLACE, mark: 'WzE', version: 1 }],
    seen: [],
    minutes: null,
    remark: null,
    version: 1,
  };
}

describe('a patrol', () => {
  it('says what I answered and who else goes', () => {
    const mine = patrol('a', '2026-11-24');
    expect(myAnswer(mine, 'me')).toBe('accepted');
    expect(myAnswer(mine, 'x')).toBe('');
    expect(company(mine, 'me').map((one) => one.name)).toEqual(['王师傅']);
  });

  it('is answered until its day is over, and an answer that was not given is no yes', () => {
    const mine = patrol('a', '2026-11-24');
    expect(myTurn(mine, 'me', '2026-11-24')).toBe('accepted');
    expect(myTurn(mine, 'b', '2026-11-23')).toBe('asked');
    expect(myTurn(mine, 'b', '2026-11-25')).toBe('');
    expect(myTurn(mine, 'c', '2026-11-24')).toBe('');
    expect(myTurn(patrol('d', '2026-11-24', 'done'), 'me', '2026-11-24')).toBe('');
  });

  it('offers the planned length among the usual ones', () => {
    expect(minutesOf({ from: '09:30', to: '11:00' })).toBe(90);
    expect(lengths(patrol('a', '2026-11-24')).map((one) => one.label)).toEqual([
      '30 分钟',
      '1 小时',
      '1.5 小时',
      '2 小时',
    ]);
    expect(sayMinutes(45)).toBe('45 分钟');
  });

  it('is sent with what was seen, and without an empty remark', () => {
    const form = { ...emptyWalk(patrol('a', '2026-11-24')), seen: ['p'], remark: '  ' };
    expect(walkBody(form)).toEqual({ seen: ['p'], minutes: 60, with_ids: [] });
    expect(walkBody({ ...form, remark: ' 好 ' })).toHaveProperty('remark', '好');
  });

  it('stands in the order in which one needs it', () => {
    const list = [
      patrol('done', '2026-11-23', 'done'),
      patrol('late', '2026-11-22'),
      patrol('later', '2026-11-27'),
      patrol('soon', '2026-11-25'),
      patrol('now', '2026-11-24'),
    ];
    expect(inOrder(list, '2026-11-24').map((one) => one.id)).toEqual([
      'now',
      'soon',
      'later',
      'late',
      'done',
    ]);
  });
});

describe('a code at a point', () => {
  it('is read from a link, whatever its signature', () => {
    expect(markIn('https://x.cn/app/patrols/at/WzE.abc-_d?x=1')).toBe('WzE');
    expect(markIn('WzE.abc')).toBe('WzE');
  });

  it('is known without a network when it hangs on my way', () => {
    const list = [patrol('a', '2026-11-24'), patrol('b', '2026-11-25')];
    expect(pointAt(list, 'WzE.sig', '2026-11-24')?.patrol.id).toBe('a');
    expect(pointAt(list, 'WzX.sig', '2026-11-24')).toBeNull();
    expect(pointAt([patrol('b', '2026-11-25')], 'WzE.sig', '2026-11-24')).toBeNull();
  });
});
