import { describe, expect, it } from 'vitest';
import { changed, matching, type TableRow, type TellingChoices } from './telling';

const before: TellingChoices = {
  kinds: [
    { kind: 'ticket_todo', kind_name: '工单待办', most: 'today' },
    { kind: 'ticket_news', kind_name: '工单进展', most: 'inbox' },
  ],
  paused_until: '2027-03-09',
};

describe('a choice', () => {
  it('changes one kind and leaves the others and the pause', () => {
    expect(changed(before, { kind: 'ticket_todo', most: 'digest' })).toEqual({
      kinds: [
        { kind: 'ticket_todo', most: 'digest' },
        { kind: 'ticket_news', most: 'inbox' },
      ],
      paused_until: '2027-03-09',
    });
  });
  it('ends a pause and leaves the kinds', () => {
    const said = changed(before, { paused_until: null });
    expect(said.paused_until).toBeNull();
    expect(said.kinds.map(({ most }) => most)).toEqual(['today', 'inbox']);
  });
});

describe('the table', () => {
  const row: TableRow = {
    when: '工单：派单',
    seat_name: '协办的一方',
    pressing_name: '当天，当时就响',
    way_names: ['消息', '手机提醒', '自己加的方式'],
    kind_name: '工单协办',
    title: '有一件工单请你们协办',
  };
  it('is searched by all words, in any column', () => {
    expect(matching([row], '派单 协办')).toEqual([row]);
    expect(matching([row], '手机提醒 协办')).toEqual([row]);
    expect(matching([row], '派单 街道')).toEqual([]);
    expect(matching([row], ' ')).toEqual([row]);
  });
});
