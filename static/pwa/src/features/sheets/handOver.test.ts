// What is said of a hand-over and its rows.
import { describe, expect, it } from 'vitest';
import { columnName, firstState, mappingOf, missingColumns, remarks, sayCounts } from './handOver';
import type { HandOver } from './types';

const NONE = { ready: 0, refused: 0, doubled: 0, accepted: 0, left: 0 };
const handOver = (columns: HandOver['columns']): HandOver => ({
  id: 'h',
  community_id: 'c',
  source: { id: 's', name: '12345热线' },
  filename: '交办.csv',
  state: 'preview',
  headings: ['编号', ''],
  columns,
  counts: NONE,
  created_at: '2026-11-24T09:00:00Z',
});

describe('a hand-over', () => {
  it('shows first what is wrong', () => {
    expect(firstState({ ...NONE, ready: 9, refused: 1 })).toBe('refused');
    expect(firstState({ ...NONE, ready: 9, doubled: 1 })).toBe('ready');
    expect(firstState(NONE)).toBe('ready');
  });

  it('counts only what there is', () => {
    expect(sayCounts({ ...NONE, ready: 12, refused: 2 })).toBe('能导入 12 条、有问题 2 条');
    expect(sayCounts(NONE)).toBe('一条都没有');
  });

  it('names the columns that are missing and needed', () => {
    const found = missingColumns(
      handOver([
        { key: 'number', name: '工单编号', required: true, column: 0 },
        { key: 'text', name: '诉求内容', required: true, column: null },
        { key: 'kind', name: '诉求类型', required: false, column: null },
      ]),
    );
    expect(found).toEqual(['诉求内容']);
  });

  it('sends a place for each field, or none', () => {
    expect(mappingOf({ number: '0', kind: '' })).toEqual({ number: 0, kind: null });
  });

  it('names a column without a heading by where it stands', () => {
    expect([columnName('编号', 0), columnName('', 2)]).toEqual(['编号', '第 3 列']);
  });

  it('says of which cell a remark is', () => {
    const columns = [{ key: 'address', name: '地址', required: true, column: 1 }];
    expect(remarks({ address: '是空的', row: '请选一个类别。' }, columns)).toEqual([
      '地址：是空的',
      '请选一个类别。',
    ]);
  });
});
