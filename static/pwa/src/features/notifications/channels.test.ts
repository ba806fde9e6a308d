import { expect, it } from 'vitest';
import { type OwnChannel, ownWays, standingOf } from './channels';

const READY: OwnChannel = {
  id: '1',
  kind: 'mail',
  kind_name: '邮箱',
  address_masked: 'w***@qq.com',
  state: 'ready',
  tries_left: 5,
  code_until: '2027-03-03T04:15:00Z',
  last_ok_at: '2027-03-03T04:00:00Z',
  failed_at: null,
  why: null,
};

it('says how a channel stands, never by colour alone', () => {
  expect(standingOf(READY)).toEqual({ tone: 'ok', shape: '✓', words: '在用' });
  expect(standingOf({ ...READY, state: 'unconfirmed' }).words).toBe('等验证');
  expect(standingOf({ ...READY, state: 'broken' }).words).toBe('不能用了');
});

it('promises only the ways that are set up', () => {
  expect(ownWays(['mail', 'wecom', 'other'])).toBe('邮箱、企业微信、机器人或网址');
  expect(ownWays(['other'])).toBe('机器人或网址');
});

it('says that the latest did not arrive, until one does', () => {
  const missed = { ...READY, failed_at: '2027-03-03T05:00:00Z' };
  expect(standingOf(missed).words).toBe('上一条没送到');
  expect(standingOf({ ...missed, last_ok_at: '2027-03-03T06:00:00Z' }).words).toBe('在用');
});
