// The phone's clock against the server's, and how it is said.
import { expect, it } from 'vitest';
import { skewOf } from './skew';
import { clockWords } from './troubles';

const SERVER = 'Tue, 24 Nov 2026 08:00:00 GMT';
const at = (seconds: number) => Date.parse(SERVER) + seconds * 1000;

it('a few minutes are nobody’s business', () => {
  expect(skewOf(SERVER, at(-290), at(-289))).toBe(0);
  expect(skewOf(SERVER, at(299), at(300))).toBe(0);
});

it('a fast and a slow clock are known', () => {
  expect(skewOf(SERVER, at(720), at(721))).toBe(720);
  expect(skewOf(SERVER, at(-3601), at(-3600))).toBe(-3600);
});

it('an answer that took long is no sign of a wrong clock', () => {
  expect(skewOf(SERVER, at(-4000), at(10))).toBe(0);
});

it('an answer without a date says nothing', () => {
  expect(skewOf(null, 0, 1)).toBeNull();
  expect(skewOf('yesterday', 0, 1)).toBeNull();
});

it('the sentence says which way and how far', () => {
  expect(clockWords(0)).toBe('');
  expect(clockWords(720)).toBe('手机时间比标准时间快 12 分钟，记录按服务器收到的时间算。');
  expect(clockWords(-8 * 3600)).toContain('慢 8 小时');
  expect(clockWords(3 * 86_400)).toContain('快 3 天');
});
