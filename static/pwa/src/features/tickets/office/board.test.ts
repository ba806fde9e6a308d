// What the board says about a line, and how the keys walk through it.
import { describe, expect, it } from 'vitest';
import { holder, neighbour, pressing, timeOfRow } from './board';
import { firstQueue, ordered, shownQueues } from './queues';
import type { BoardRow } from './types';

const NOW = new Date('2026-11-26T04:00:00Z');

function row(changes: Partial<BoardRow>): BoardRow {
  return {
    id: '1',
    number: '2611-0342',
    title: '楼道灯不亮',
    category: 'facility.power_lighting',
    category_name: '公共照明用电',
    status: 'in_progress',
    status_name: '办理中',
    emergency: false,
    overdue: false,
    supervised: false,
    duplicate_of: null,
    place_text: '和园 5栋2单元',
    community_id: 'c',
    building_id: 'b',
    lead_party: 'property',
    lead_name: '和园物业',
    reporter_is_me: false,
    created_at: '2026-11-24T08:00:00Z',
    moved_at: '2026-11-24T08:00:00Z',
    version: 1,
    ...changes,
  };
}

describe('a line of the board', () => {
  it('says first what presses most', () => {
    const late = row({ overdue: true, emergency: true, nearly_due: true });
    expect(pressing(late)?.words).toBe('超时');
    expect(pressing(row({ emergency: true }))?.words).toBe('应急');
    expect(pressing(row({ nearly_due: true }))?.words).toBe('快到时限');
    expect(pressing(row({}))).toBeNull();
  });

  it('no longer presses when it is over', () => {
    expect(pressing(row({ status: 'closed', emergency: true }))).toBeNull();
    expect(timeOfRow(row({ status: 'closed' }), NOW)).toBe('—');
  });

  it('says until when, or counts the days it has been open', () => {
    const due = row({ due_at: '2026-11-27T08:30:00Z' });
    expect(timeOfRow(due, NOW)).toBe('明天 16:30 前');
    expect(timeOfRow(row({}), NOW)).toBe('第 3 天');
    expect(timeOfRow(row({ created_at: '2026-11-26T01:00:00Z' }), NOW)).toBe('今天来的');
  });

  it('says in whose hands it is', () => {
    expect(holder(row({}))).toBe('和园物业');
    expect(holder(row({ status: 'submitted', lead_name: null }))).toBe('社区');
    expect(holder(row({ status: 'escalated' }))).toBe('街道');
  });
});

describe('walking by keys', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('goes down and up and stays at the ends', () => {
    expect(neighbour(rows, 'a', 1)?.id).toBe('b');
    expect(neighbour(rows, 'c', 1)?.id).toBe('c');
    expect(neighbour(rows, 'a', -1)?.id).toBe('a');
  });

  it('begins at the first or the last, and bears an empty list', () => {
    expect(neighbour(rows, '', 1)?.id).toBe('a');
    expect(neighbour(rows, 'gone', -1)?.id).toBe('c');
    expect(neighbour<{ id: string }>([], '', 1)?.id).toBe(undefined);
  });
});

describe('where a day begins', () => {
  it('is the first queue in which something waits', () => {
    const some = [
      { key: 'to_accept', name: '待受理', count: 0 },
      { key: 'to_dispatch', name: '待派单', count: 2 },
    ];
    expect(firstQueue(some)).toBe('to_dispatch');
    expect(firstQueue(some.slice(0, 1))).toBe('to_accept');
    expect(firstQueue([])).toBe('all');
  });
});

describe('the queues in the side menu', () => {
  const queue = (key: string, count: number) => ({ key, name: key, count });

  it('begin with what only this seat decides', () => {
    const subdistrict = ordered([queue('lead_working', 1), queue('to_answer', 0)]);
    expect(subdistrict.map((one) => one.key)).toEqual(['to_answer', 'lead_working']);
  });

  it('leave out what is empty and further down, and name the groups that follow', () => {
    const shown = shownQueues([
      queue('to_accept', 0),
      queue('lead_working', 2),
      queue('lead_suspended', 0),
      queue('mine_open', 1),
    ]);
    expect(shown.map((one) => [one.name, one.group])).toEqual([
      ['to_accept', undefined],
      ['lead_working', '交给我们办的'],
      ['mine_open', '我报的'],
    ]);
  });
});
