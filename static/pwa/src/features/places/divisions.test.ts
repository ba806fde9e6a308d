import { describe, expect, it } from 'vitest';
import { branches, type Division, sayList } from './divisions';

const place = (id: string, kind: Division['kind'], code: string, parent_id: string): Division => ({
  id,
  kind,
  name: `${id}的名字`,
  code,
  parent_id,
  households: 0,
  office_id: null,
  people: 0,
});
const all = [
  place('乙街', 'subdistrict', '320113002', '区'),
  place('甲街', 'subdistrict', '320113001', '区'),
  place('丙社', 'community', '320113001002', '甲街'),
  place('丁社', 'community', '320113001001', '甲街'),
];
const shown = (words: string): string[][] =>
  branches(all, words).map(({ place: street, communities }) => [
    street.id,
    ...communities.map((one) => one.id),
  ]);

describe('the subdistricts and communities of a district', () => {
  it('stand in the order of their codes, those without a community too', () => {
    expect(shown('')).toEqual([['甲街', '丁社', '丙社'], ['乙街']]);
  });

  it('are found by a part of a name or by the whole code', () => {
    expect(shown(' 丙 ')).toEqual([['甲街', '丙社']]);
    expect(shown('320113001001')).toEqual([['甲街', '丁社']]);
    expect(shown('甲')).toEqual([['甲街', '丁社', '丙社']]);
    expect(shown('没有')).toEqual([]);
  });
});

it('says only what a list would really do', () => {
  const list = {
    written: false,
    digest: '',
    streets_new: 1,
    create: 2,
    same: 0,
    refuse: 0,
    rows: [],
  };
  expect(sayList(list)).toBe('新建 2 个社区，新建 1 个街道。');
  expect(sayList({ ...list, streets_new: 0, create: 0, same: 3, refuse: 1 })).toBe(
    '3 个已经有了，1 行有问题。',
  );
});
