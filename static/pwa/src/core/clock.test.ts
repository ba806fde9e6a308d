// How dates and times are said.
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateOf,
  daysBetween,
  greeting,
  monthDay,
  sayDate,
  sayMoment,
  timeOf,
  weekday,
} from './clock';

describe('dates', () => {
  const today = '2026-11-26';

  it('near ones have a word of their own', () => {
    const words = [-1, 0, 1, 2].map((away) => sayDate(addDays(today, away), today));
    expect(words).toEqual(['昨天', '今天', '明天', '后天']);
  });

  it('within a week they are the weekday, later the date, in another year with the year', () => {
    expect(sayDate('2026-11-30', today)).toBe('周一（11月30日）');
    expect(sayDate('2026-12-20', today)).toBe('12月20日');
    expect(monthDay('2025-03-02', today)).toBe('2025年3月2日');
  });

  it('are those of Shanghai, wherever the phone believes to be', () => {
    expect(dateOf('2026-11-25T16:30:00Z')).toBe('2026-11-26');
    expect(timeOf('2026-11-25T16:30:00Z')).toBe('00:30');
    expect(weekday('2026-11-26')).toBe('周四');
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
  });
});

describe('moments', () => {
  const now = new Date('2026-11-26T12:00:00Z');

  it('of today are a time, others carry their day', () => {
    expect(sayMoment('2026-11-26T07:12:00Z', now)).toBe('15:12');
    expect(sayMoment('2026-11-25T08:40:00Z', now)).toBe('昨天 16:40');
    expect(sayMoment('2026-11-03T01:00:00Z', now)).toBe('11月3日 09:00');
  });

  it('are greeted by their hour', () => {
    expect(greeting(now)).toBe('晚上好');
    expect(greeting(new Date('2026-11-26T00:10:00Z'))).toBe('早上好');
  });
});
