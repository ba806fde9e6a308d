import { describe, expect, it } from 'vitest';
import { asideWords, barsOf, figureWords, linesOf, monthWords, partsWords } from './figures';
import type { Figure, Rates } from './types';

function figure(hits: number, base: number, percent: number | null): Figure {
  return { hits, base, percent, excluded: 0, outcomes: [] };
}

const none = figure(0, 0, null);
const rates: Rates = {
  communities: [],
  community: { id: 'c', name: '演示社区' },
  months: ['2026-11', '2026-10'],
  too_few: 5,
  items: [
    {
      month: '2026-11',
      organisation_id: null,
      organisation_name: '社区受理台',
      party: 'community_party',
      response: figure(9, 10, 90),
      resolution: none,
      satisfaction: none,
    },
    {
      month: '2026-10',
      organisation_id: 'p',
      organisation_name: '演示物业',
      party: 'property',
      response: figure(2, 3, null),
      resolution: none,
      satisfaction: none,
    },
  ],
};

describe('a figure', () => {
  it('says a share, or plainly why there is none', () => {
    expect(figureWords(figure(9, 10, 90), 5)).toBe('90%');
    expect(figureWords(figure(2, 3, null), 5)).toBe('少于 5 件，不算');
    expect(figureWords(none, 5)).toBe('没有');
  });

  it('says what it is made of, unless it is made of nothing', () => {
    expect(partsWords(figure(9, 10, 90))).toBe('10 件里 9 件');
    expect(partsWords(none)).toBe('');
  });

  it('names apart what nobody rated and what is not counted', () => {
    const outcomes = [{ outcome: 'unrated', name: '未评价', count: 4 }];
    const words = asideWords({ ...none, excluded: 2, outcomes });
    expect(words).toEqual(['未评价 4 件', '不算在内 2 件']);
  });
});

describe('the table', () => {
  it('has a line for each organisation, the desk too', () => {
    expect(linesOf(rates).map((line) => line.id)).toEqual(['desk', 'p']);
  });

  it('draws the months from left to right, and a gap where there is no share', () => {
    const line = linesOf(rates)[1];
    expect(line && barsOf(line, 'response', rates).map((bar) => bar.month)).toEqual([
      '2026-10',
      '2026-11',
    ]);
    expect(line && barsOf(line, 'response', rates)[0]?.percent).toBeNull();
  });

  it('says a month in words', () => {
    expect(monthWords('2026-03')).toBe('2026年3月');
  });
});
