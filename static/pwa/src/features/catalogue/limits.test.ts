// Times said, edited and said again are the same.
import { describe, expect, it } from 'vitest';
import { draftsOf, NO_TIMES, sayLimit, sayTimes, timesOf, wrongWith } from './limits';
import type { Times } from './types';

const FLOOD: Times = {
  accept: { amount: 5, unit: 'min', goal: '' },
  arrive: { amount: 15, unit: 'min', goal: '' },
  contain: { amount: 2, unit: 'h', goal: '止住水' },
  resolve: { amount: 0, unit: null, goal: '移交燃气公司' },
};

describe('times', () => {
  it('are said as people say them', () => {
    expect(sayLimit({ amount: 4, unit: 'wh', goal: '' })).toBe('4 个工作小时');
    expect(sayLimit(FLOOD.contain)).toBe('2 小时（止住水）');
    expect(sayLimit(FLOOD.resolve)).toBe('移交燃气公司');
    expect(sayLimit(null)).toBe('—');
    expect(sayTimes(FLOOD)).toBe(
      '接单 5 分钟 · 到场 15 分钟 · 控制住 2 小时（止住水） · 办结 移交燃气公司',
    );
  });

  it('come out of the form as they went in', () => {
    expect(timesOf(draftsOf(FLOOD))).toEqual(FLOOD);
    expect(timesOf(draftsOf(NO_TIMES))).toEqual(NO_TIMES);
  });

  it('that nobody can read are left for the server to refuse', () => {
    const drafts = draftsOf(FLOOD);
    drafts.accept = { way: 'wh', amount: '1.5', goal: '' };
    expect(timesOf(drafts).accept).toEqual({ amount: 0, unit: 'wh', goal: '' });
  });

  it('show what is wrong beside the one that it is about', () => {
    const errors = { 'times.arrive.amount': ['时限填 1 到 999 之间的数。'] };
    expect(wrongWith(errors, 'arrive')).toBe('时限填 1 到 999 之间的数。');
    expect(wrongWith(errors, 'accept')).toBeUndefined();
  });
});
