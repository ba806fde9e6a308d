import { expect, it } from 'vitest';
import type { ServiceHours } from './types';
import { fromHash, sayContent, sayMinutes, sayWork } from './words';

const row = (given: Partial<ServiceHours>): ServiceHours => ({
  id: '1',
  on: '2026-11-24',
  kind: 'visit',
  content: null,
  person: { id: 'p', name: '陈师傅' },
  team: { id: 't', name: '红旗手队' },
  minutes: 100,
  hours: 1.75,
  records: 6,
  counted: 100,
  said: false,
  state: 'waiting',
  reason: null,
  may: [],
  version: 1,
  ...given,
});

it('says minutes as people do', () => {
  expect([5, 45, 60, 100, 480].map(sayMinutes)).toEqual([
    '5 分钟',
    '45 分钟',
    '1 小时',
    '1 小时 40 分钟',
    '8 小时',
  ]);
});

it('says what the work was, and at how many doors', () => {
  expect(sayWork(row({}))).toBe('走访 6 户');
  expect(sayWork(row({ kind: 'patrol', records: 1 }))).toBe('巡查 1 次');
  expect(sayWork(row({ records: 0 }))).toBe('走访');
  expect(sayWork(row({ kind: 'meeting', content: '消防培训' }))).toBe('消防培训（会议培训）');
});

it('takes number and code out of the address on a paper', () => {
  expect(fromHash('#320113-2026-0001.ABC')).toEqual({ number: '320113-2026-0001', code: 'ABC' });
  expect(fromHash('')).toEqual({ number: '', code: '' });
});

it('says what a certificate counts', () => {
  const content = [{ kind: 'visit', name: '走访', times: 7, hours: '8.25' }];
  expect(sayContent(content)).toBe('走访 7 次 8.25 小时');
});
