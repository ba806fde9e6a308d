import { expect, it } from 'vitest';
import { sayDays } from './week';

it('says the days of a route as people do', () => {
  expect(sayDays([1, 2, 3, 4, 5, 6, 7])).toBe('每天');
  expect(sayDays([1, 2, 3, 4, 5])).toBe('周一到周五');
  expect(sayDays([2, 7])).toBe('周二、周日');
});
