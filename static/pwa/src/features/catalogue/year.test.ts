// A year of the calendar in words and as a file.
import { describe, expect, it } from 'vitest';
import type { CalendarYear } from './types';
import { daysIn, fileOf, lengthOf, runsOf, sayFrom, sayRun, textOf } from './year';

const YEAR: CalendarYear = {
  year: 2026,
  certain: true,
  may_import: true,
  imported_at: null,
  days: [
    { date: '2026-10-04', kind: 'weekend', name: '国庆节' },
    { date: '2026-10-03', kind: 'holiday', name: '国庆节' },
    { date: '2026-10-10', kind: 'makeup_workday', name: '国庆节' },
  ],
};

describe('a year', () => {
  it('is told by runs of days that are alike', () => {
    const runs = runsOf(YEAR.days);
    expect(runs.map(sayRun)).toEqual(['10月3日（周六）到10月4日（周日）', '10月10日（周六）']);
    expect(runs.map(lengthOf)).toEqual([2, 1]);
    expect(runs.map((run) => run.works)).toEqual([false, true]);
  });

  it('becomes a file that can be imported again', () => {
    expect(fileOf(YEAR)).toBe(
      '\ufeff日期,种类,名称\r\n2026-10-04,放假,国庆节\r\n2026-10-03,放假,国庆节\r\n' +
        '2026-10-10,调休上班,国庆节\r\n',
    );
    expect(fileOf({ ...YEAR, days: [] })).toContain('2026-01-01,放假,元旦');
  });

  it('says from where it is known', () => {
    const at = '2026-11-24T02:00:00Z';
    expect(sayFrom({ ...YEAR, imported_at: at }, () => '今天')).toBe('今天由管理员导入');
    expect(sayFrom(YEAR, () => '')).toContain('国务院');
    expect(sayFrom({ ...YEAR, certain: false }, () => '')).toContain('还没有公布');
  });

  it('leaves out the lines that cannot be counted by', () => {
    const good = { number: 2, said: '', date: '2027-01-01', kind: 'holiday', name: '元旦' };
    const lines = [
      { ...good, wrong: '', passed: false },
      { ...good, wrong: '这一天前面已经写过了。', passed: false },
    ];
    expect(daysIn(lines)).toEqual([{ date: '2027-01-01', kind: 'holiday', name: '元旦' }]);
  });

  it('is read from files of old and new spreadsheet programs alike', () => {
    const gbk = new Uint8Array([0xb7, 0xc5, 0xbc, 0xd9]); // 放假
    expect(textOf(gbk.buffer)).toBe('放假');
    expect(textOf(new TextEncoder().encode('放假').buffer)).toBe('放假');
  });
});
