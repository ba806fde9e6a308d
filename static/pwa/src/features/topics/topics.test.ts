// How a topic is put into words.
import { expect, it } from 'vitest';
import { cureWords, openWords, spanOf } from './topics';
import type { TopicRow } from './types';

const LAMPS: TopicRow = {
  id: 't',
  place_text: '和园 3号楼',
  category: 'facility.power_lighting',
  category_name: '公共照明用电',
  count: 4,
  still_open: 1,
  first_at: '2026-09-03T02:00:00Z',
  last_at: '2026-11-20T02:00:00Z',
  closed_at: null,
  cure: '',
  cure_owner: null,
  cure_on: null,
  version: 1,
};

it('says from when to when, and a single day once', () => {
  expect(spanOf(LAMPS)).toBe('9月3日 到 11月20日');
  expect(spanOf({ ...LAMPS, first_at: LAMPS.last_at })).toBe('11月20日');
});

it('says what is still open', () => {
  expect(openWords(LAMPS)).toBe('还有 1 件没办完');
  expect(openWords({ ...LAMPS, still_open: 0 })).toBe('都办完了');
});

it('says what is done for good, by whom and until when, as far as it is known', () => {
  expect(cureWords(LAMPS)).toBe('');
  expect(cureWords({ ...LAMPS, cure: '换线路' })).toBe('换线路');
  const owner = { id: 'o', name: '安居物业' };
  expect(cureWords({ ...LAMPS, cure: '换线路', cure_owner: owner, cure_on: '2026-12-20' })).toBe(
    '换线路（安居物业，12月20日 前）',
  );
});
