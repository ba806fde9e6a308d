import { describe, expect, it } from 'vitest';
import { codeIn, METHOD_BOXES, NEED_BOXES, OUTCOME_BOXES, pagesOf, STEP_BOXES } from './boxes';
import { actOf, emptyEntry, entryBody, type Entry, errorsOf, missing, withKey } from './entry';
import type { PaperDoor } from './types';

const DOOR: PaperDoor = {
  number: 3,
  building: '3号楼',
  door: '1单元 202',
  floor: 2,
  same_day: false,
  wish: 'any',
  person: { id: 'p', name: '陈师傅' },
  on: '2026-11-24',
  window: null,
  accepted: true,
  state: 'accepted',
  record: null,
};

function ticked(keys: string, door = DOOR): Entry {
  return Array.from(keys).reduce(
    (entry, key) => withKey(entry, key) ?? entry,
    emptyEntry(door, '2026-11-26'),
  );
}

describe('a row of a sheet', () => {
  it('is ticked by the keys that stand on paper', () => {
    const body = entryBody(3, ticked('1cgk'));
    expect(body).toEqual({
      number: 3,
      on: '2026-11-24',
      outcome: 'ok',
      method: 'phone',
      needs: ['leak', 'about_property'],
    });
  });

  it('has a key for each box, and no key twice', () => {
    const keys = [OUTCOME_BOXES, METHOD_BOXES, NEED_BOXES, STEP_BOXES].flat().map((box) => box.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).not.toContain('');
    expect(withKey(ticked(''), 'z')).toBeNull();
  });

  it('takes a tick back with the same key', () => {
    expect(ticked('1ggmm')).toMatchObject({ needs: [], next_step: '' });
  });

  it('offers the day that was planned, unless that is still to come', () => {
    expect(emptyEntry({ ...DOOR, on: '2026-11-28' }, '2026-11-26').on).toBe('2026-11-26');
  });

  it('knows that nobody who did not answer can have said anything', () => {
    expect(entryBody(3, ticked('3gm'))).toMatchObject({ outcome: 'not_home', needs: [] });
    expect(entryBody(3, ticked('3gm'))).not.toHaveProperty('next_step');
  });

  it('puts a way that cannot know an outcome right', () => {
    expect(ticked('e2').method).toBe('door');
    expect(ticked('', { ...DOOR, wish: 'phone_only' }).method).toBe('phone');
  });

  it('asks for the new day of a new appointment', () => {
    const entry = ticked('5');
    expect(missing(entry)).toHaveProperty('reschedule_to');
    entry.slot = { date: '2026-11-27', from: '18:30', to: '20:30' };
    expect(missing(entry)).toEqual({});
    expect(entryBody(3, entry)).toMatchObject({
      reschedule_to: { date: '2026-11-27', window: { from: '18:30', to: '20:30' } },
    });
  });

  it('goes on with Enter, sends with Ctrl and Enter, and leaves fields alone', () => {
    const key = (name: string, more = {}) => {
      return { key: name, ctrlKey: false, metaKey: false, altKey: false, ...more };
    };
    expect(actOf(key('Enter'), false)).toBe('next');
    expect(actOf(key('Enter', { ctrlKey: true }), true)).toBe('send');
    expect(actOf(key('1'), false)).toBe('tick');
    expect(actOf(key('1'), true)).toBeNull();
    expect(actOf(key('1', { altKey: true }), false)).toBeNull();
  });

  it('is told what is wrong with it, and not what is wrong with others', () => {
    const errors = {
      'entries.3.on': ['太晚'],
      'entries.13.on': ['别的'],
      'entries.3.ticket.text': ['空'],
    };
    expect(errorsOf(errors, 3)).toEqual({ on: ['太晚'], text: ['空'] });
  });
});

describe('a sheet', () => {
  it('is found by eight digits, typed or scanned', () => {
    expect(codeIn(' 1234 5678')).toBe('12345678');
    expect(codeIn('https://x.cn/app/paper/12345678?row=12')).toBe('12345678');
    expect(codeIn('1234567')).toBe('');
  });

  it('has four doors to a page', () => {
    expect(pagesOf([1, 2, 3, 4, 5])).toEqual([[1, 2, 3, 4], [5]]);
    expect(pagesOf([])).toEqual([]);
  });
});
