// What the committee reads of a phone that was not heard of.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heldWords, overdueWords, type SilentDevice, silentWords, skewWords } from './silent';

const phone = (said: Partial<SilentDevice> = {}): SilentDevice => ({
  device_id: 'd',
  device_name: '安卓手机 · 微信',
  person: { id: 'p', name: '李姐' },
  waiting: 0,
  refused: 0,
  overdue_visits: 0,
  last_seen_on: '2026-11-21',
  silent_days: 3,
  skew_seconds: 0,
  ...said,
});

describe('a phone that was not heard of', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-24T04:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says what was on it, what was refused apart', () => {
    expect(heldWords(phone({ waiting: 2 }))).toBe('2 条没送到');
    expect(heldWords(phone({ waiting: 2, refused: 1 }))).toBe('2 条没送到，1 条没收下');
    expect(heldWords(phone())).toBe('—');
  });

  it('says how many promised visits have no record', () => {
    expect(overdueWords(phone({ overdue_visits: 2 }))).toBe('2 次');
    expect(overdueWords(phone())).toBe('—');
  });

  it('says for how long it was silent, and when it was last here', () => {
    expect(silentWords(phone())).toBe('3 天（11月21日来过）');
    expect(silentWords(phone({ silent_days: 1, last_seen_on: '2026-11-23' }))).toBe('昨天来过');
    expect(silentWords(phone({ silent_days: 0, last_seen_on: '2026-11-24' }))).toBe('今天来过');
  });

  it('says how far its clock is off, and nothing of five minutes', () => {
    expect(skewWords(phone({ skew_seconds: 300 }))).toBe('—');
    expect(skewWords(phone({ skew_seconds: 720 }))).toBe('快 12 分钟');
    expect(skewWords(phone({ skew_seconds: -7200 }))).toBe('慢 2 小时');
    expect(skewWords(phone({ skew_seconds: -3 * 86_400 }))).toBe('慢 3 天');
  });
});
