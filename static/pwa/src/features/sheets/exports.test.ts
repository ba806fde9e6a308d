// What is said of an export.
import { describe, expect, it } from 'vitest';
import { isOpen, percent, sayExport, saySize } from './exports';
import type { Export } from './types';

const one = (said: Partial<Export> = {}): Export => ({
  id: 'e',
  state: 'running',
  done: 0,
  total: null,
  filename: null,
  bytes: null,
  why: null,
  created_at: '2026-11-24T09:00:00Z',
  expires_at: null,
  ...said,
});

describe('an export', () => {
  it('says how far it is once it has been counted', () => {
    expect(sayExport(one())).toBe('正在数有多少件…');
    expect(percent(one())).toBeNull();
    const half = one({ done: 12_500, total: 100_000 });
    expect(sayExport(half)).toBe('12,500 / 100,000 件');
    expect(percent(half)).toBe(12);
  });

  it('says what there is to fetch', () => {
    const done = one({ state: 'done', done: 1, total: 1, bytes: 5120 });
    expect(sayExport(done)).toBe('1 件 · 5 KB');
    expect(percent(done)).toBe(100);
  });

  it('is complete at once when there was nothing to write', () => {
    expect(percent(one({ state: 'done', total: 0, bytes: 10 }))).toBe(100);
  });

  it('says in a sentence why it failed', () => {
    expect(sayExport(one({ state: 'failed', why: '请再试一次。' }))).toBe('请再试一次。');
  });

  it('is looked at again as long as it is not over', () => {
    const states = ['waiting', 'running', 'done', 'failed', 'cancelled'];
    expect(states.filter((state) => isOpen(one({ state })))).toEqual(['waiting', 'running']);
  });

  it('has a size that people can read', () => {
    expect(saySize(12)).toBe('1 KB');
    expect(saySize(8_000_000)).toBe('7.6 MB');
  });
});
