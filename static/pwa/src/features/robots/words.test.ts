import { expect, it } from 'vitest';
import type { Robot } from './types';
import { sayWants, standingOf } from './words';

const ROBOT: Robot = {
  id: '1',
  organisation: { id: '2', name: '和园社区居委会' },
  kind: 'wecom',
  kind_name: '企业微信',
  name: '和园群',
  token_masked: '***1234',
  signed: false,
  wants: ['emergency', 'morning'],
  created_at: '2027-03-03T04:00:00Z',
  stopped_at: null,
  last_ok_at: null,
  failed_at: null,
  why: null,
};

it('says what a robot tells its group', () => {
  expect(sayWants(ROBOT)).toBe('应急的事、早上报个数');
});

it('says how it stands, a stop before all else', () => {
  expect(standingOf(ROBOT).words).toBe('还没发过');
  const spoke = { ...ROBOT, last_ok_at: '2027-03-03T05:00:00Z' };
  expect(standingOf(spoke).words).toBe('在发');
  expect(standingOf({ ...spoke, why: '连不上对方' }).words).toBe('上一条没发出去');
  expect(standingOf({ ...spoke, why: 'x', stopped_at: '2027-03-03T06:00:00Z' }).words).toBe('停发');
});
