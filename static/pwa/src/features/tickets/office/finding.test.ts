// What stands in the address, what is picked, what is marked, and what became of each.
import { describe, expect, it } from 'vitest';
import { isShownIn, piecesOf } from '../marking';
import { leftOver, type Outcome, sayOutcomes } from './bulk';
import {
  addressOf,
  boardPath,
  isFiltered,
  isSameAddress,
  NO_FILTER,
  routeOf,
  sayFilter,
  without,
} from './filter';
import { areAllPicked, MOST_AT_ONCE, ranged, stillListed, toggled, toggledAll } from './picked';
import { moved } from './saved';

const LATE = { ...NO_FILTER, q: '路灯', overdue: 'true', category: 'facility' };

describe('a filter', () => {
  it('asks the server with the names that stand in the address', () => {
    expect(boardPath('to_accept', LATE)).toBe(
      '/tickets?q=%E8%B7%AF%E7%81%AF&category=facility&overdue=true&queue=to_accept',
    );
    expect(boardPath('all', NO_FILTER)).toBe('/tickets');
  });

  it('is kept with its queue and leads back to it', () => {
    const kept = addressOf('overdue', LATE);
    expect(routeOf(kept)).toEqual({
      path: '/office/board/overdue',
      query: { q: '路灯', overdue: 'true', category: 'facility' },
    });
    expect(routeOf('mine=true').path).toBe('/office/board/all');
    expect(isSameAddress('a=1&b=2', 'b=2&a=1')).toBe(true);
    expect(isSameAddress('a=1', 'a=2')).toBe(false);
  });

  it('is said in words that can be taken away one by one', () => {
    const filter = { ...LATE, estate_id: 'e', created_from: '2026-11-01' };
    const said = sayFilter(filter, () => '和园一村');
    expect(said.map((one) => one.words)).toEqual([
      '“路灯”',
      '公共设施',
      '和园一村',
      '超时',
      '2026-11-01 起报的',
    ]);
    expect(without('created_from')).toEqual({ created_from: '', created_to: '' });
    expect(without('q')).toEqual({ q: '' });
  });

  it('leaves nothing out by its order alone', () => {
    expect(isFiltered({ ...NO_FILTER, sort: 'due' })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, mine: 'true' })).toBe(true);
  });
});

describe('picking lines', () => {
  const lines = ['a', 'b', 'c', 'd'].map((id) => ({ id, version: 1 }));
  const line = { id: 'a', version: 1 };

  it('turns one line on and off', () => {
    const on = toggled(new Map(), line);
    expect([...on]).toEqual([['a', 1]]);
    expect(toggled(on, line).size).toBe(0);
  });

  it('takes a stretch in either direction', () => {
    expect([...ranged(new Map(), lines, 'd', 'b').keys()]).toEqual(['b', 'c', 'd']);
    expect(ranged(new Map(), lines, 'gone', 'b').size).toBe(0);
  });

  it('takes all that are listed, or lets all of them go', () => {
    const all = toggledAll(new Map(), lines);
    expect(areAllPicked(all, lines)).toBe(true);
    expect(toggledAll(all, lines).size).toBe(0);
    expect(areAllPicked(new Map(), [])).toBe(false);
  });

  it('stops at what the server takes at once', () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ id: String(at), version: 1 }));
    const all = toggledAll(new Map(), many);
    expect(all.size).toBe(MOST_AT_ONCE);
    expect(toggled(all, { id: 'more', version: 1 }).size).toBe(MOST_AT_ONCE);
  });

  it('forgets what is gone from the list and takes the version that is shown now', () => {
    const picked = new Map([
      ['a', 1],
      ['gone', 1],
    ]);
    expect([...stillListed(picked, [{ id: 'a', version: 2 }])]).toEqual([['a', 2]]);
  });
});

describe('what became of a batch', () => {
  const outcome = (id: string, done: boolean): Outcome => ({
    id,
    done,
    code: done ? null : 'stale',
    why: done ? null : '有人办过了',
    status_name: done ? '待派单' : null,
    version: 2,
  });

  it('is said in a sentence, and what was not done is left', () => {
    const some = [outcome('a', true), outcome('b', false)];
    expect(sayOutcomes('accept', some)).toBe('1 件受理好了，1 件没办成。');
    expect(sayOutcomes('dispatch', [outcome('a', true)])).toBe('1 件都派单好了。');
    expect(sayOutcomes('accept', [outcome('b', false)])).toBe('这 1 件都没办成。');
    expect(leftOver(some).map((one) => one.id)).toEqual(['b']);
  });
});

describe('marking what was searched for', () => {
  const marked = (text: string, words: string): string[] =>
    piecesOf(text, words)
      .filter((piece) => piece.marked)
      .map((piece) => piece.text);

  it('marks every place, whatever the width and case', () => {
    expect(marked('楼道灯不亮，灯坏', '灯')).toEqual(['灯', '灯']);
    expect(marked('Ａ栋ＬＥＤ灯', 'a栋 led')).toEqual(['Ａ栋ＬＥＤ']);
    expect(piecesOf('楼道灯', '').length).toBe(1);
    expect(piecesOf('', '灯')).toEqual([]);
  });

  it('keeps the text as it is', () => {
    const text = '①号楼 100%';
    const joined = piecesOf(text, '100 号楼').map((piece) => piece.text);
    expect(joined.join('')).toBe(text);
    expect(isShownIn(text, '号楼')).toBe(true);
    expect(isShownIn(text, '电梯')).toBe(false);
  });
});

describe('putting kept filters in order', () => {
  const kept = (id: string, mine = true) => ({
    id,
    name: id,
    query: '',
    shared_with: null,
    mine,
    owner_name: null,
    is_default: false,
    version: 1,
  });

  it('moves one of mine by a place and stops at the ends', () => {
    const all = [kept('a'), kept('b'), kept('theirs', false)];
    expect(moved(all, 'b', -1)).toEqual(['b', 'a']);
    expect(moved(all, 'b', 1)).toEqual(['a', 'b']);
    expect(moved(all, 'theirs', 1)).toEqual(['a', 'b']);
  });
});
