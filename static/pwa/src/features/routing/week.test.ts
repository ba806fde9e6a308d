// A list on the wall, in words.
import { describe, expect, it } from 'vitest';
import { halfHours, inOrder, sayDates, sayDays, sayHours, sayPeople } from './week';

describe('a shift', () => {
  it('is told by its days as people say them', () => {
    expect(sayDays([6, 0, 1, 2, 3, 4, 5])).toBe('每天');
    expect(sayDays([0, 1, 2, 3, 4])).toBe('周一到周五');
    expect(sayDays([0, 2])).toBe('周一、三');
  });

  it('says when it goes over midnight', () => {
    expect(sayHours({ from: '08:00', to: '20:00' })).toBe('08:00–20:00');
    expect(sayHours({ from: '20:00', to: '08:00' })).toBe('20:00 到第二天 08:00');
    expect(sayHours({ from: '00:00', to: '00:00' })).toBe('全天');
    expect(sayHours({ from: '08:00', to: '08:00' })).toBe('08:00 到第二天 08:00');
  });

  it('names its people, and nobody who has left', () => {
    const staff = [{ id: 'a', name: '张工' }];
    expect(sayPeople(['a', 'b'], staff)).toBe('张工');
    expect(sayPeople([], staff)).toBe('没有人');
  });
});

describe('a list', () => {
  it('is read by day and hour', () => {
    const shift = (days: number[], from: string) => ({ days, from, to: '08:00', people: [] });
    const [first, second] = inOrder([shift([0], '20:00'), shift([0], '08:00')]);
    expect([first?.from, second?.from]).toEqual(['08:00', '20:00']);
  });

  it('has dates in one word or two', () => {
    const year = String(new Date().getFullYear());
    expect(sayDates({ first: `${year}-10-01`, last: `${year}-10-01` })).toBe('10月1日');
    expect(sayDates({ first: `${year}-10-01`, last: `${year}-10-03` })).toBe('10月1日到10月3日');
  });

  it('is written by the half hour', () => {
    expect(halfHours()).toHaveLength(48);
    expect(halfHours()[17]).toBe('08:30');
  });
});
