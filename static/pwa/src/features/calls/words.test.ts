import { describe, expect, it } from 'vitest';
import { CALL_BUILDING, CALL_STATE } from '@/core/labels';
import type { CallBuilding, Reach } from './types';
import {
  BUILDING_LOOKS,
  CALL_LOOKS,
  isWhole,
  mayCall,
  nightWords,
  nobodyWords,
  pressingFirst,
  reachWords,
  seenWords,
} from './words';

const building = (more: Partial<CallBuilding>): CallBuilding => ({
  id: '1',
  name: '3栋',
  state: 'nobody',
  coming: 0,
  people: [],
  doors: null,
  seen: null,
  ...more,
});
const reach = (more: Partial<Reach>): Reach => ({
  people: 30,
  members: 28,
  duty: 2,
  visits: 4,
  night: false,
  ...more,
});

describe('words of a call', () => {
  it('has a look of its own for every state', () => {
    expect(Object.keys(BUILDING_LOOKS).sort()).toEqual(Object.keys(CALL_BUILDING).sort());
    expect(Object.keys(CALL_LOOKS).sort()).toEqual(Object.keys(CALL_STATE).sort());
    const shapes = Object.values(BUILDING_LOOKS).map((one) => one.shape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('says nothing of households where they are not shown', () => {
    expect(seenWords(building({}))).toBe('');
    expect(seenWords(building({ doors: 0, seen: 0 }))).toBe('没有要重点看的人家');
    expect(seenWords(building({ doors: 3, seen: 1 }))).toBe('重点人家看过 1 / 3 户');
  });

  it('says before it goes out whom it reaches and wakes', () => {
    expect(reachWords(reach({}))).toBe(
      '会告诉 30 人，其中物业值班 2 人。有 4 户常规走访会先放下。',
    );
    expect(reachWords(reach({ duty: 0, visits: 0 }))).toBe('会告诉 30 人。没有要放下的常规走访。');
    expect(nightWords(reach({}), true)).toBe('');
    expect(nightWords(reach({ night: true }), false)).toContain(
      '只有值班的 2 人手机会响；其他人到早上 8:30 才响',
    );
    expect(nightWords(reach({ night: true }), true)).toContain('都会响');
  });

  it('says before it goes out that there is nobody to call', () => {
    expect(nobodyWords(reach({ people: 0 }))).toContain('还没有可以召集的人');
    expect(nobodyWords(reach({ people: 1 }))).toBe('');
  });

  it('wants a reason for waking everybody before it asks whether to send', () => {
    const said = { kind: 'flood', whom: 'all', words: '看看地库进水没有', danger_reason: '' };
    expect(isWhole({ ...said, danger: false })).toBe(true);
    expect(isWhole({ ...said, words: '  快来  ', danger: false })).toBe(false);
    expect(isWhole({ ...said, danger: true })).toBe(false);
    expect(isWhole({ ...said, danger: true, danger_reason: '水已经进屋' })).toBe(true);
    expect(isWhole({ ...said, whom: '', danger: false })).toBe(false);
  });

  it('offers calling to committees and subdistricts, not to the district above them', () => {
    const post = (kind: string) => ({
      id: '1',
      organisation: { id: '2', name: '甲', kind, party: null },
      role: 'head',
      place: { id: '3', name: '乙', kind: 'community' },
    });
    expect(mayCall([post('district')])).toBe(false);
    expect(mayCall([post('property')])).toBe(false);
    expect(mayCall([post('district'), post('subdistrict')])).toBe(true);
    expect(mayCall([post('residents_committee')])).toBe(true);
  });

  it('puts on top what waits for somebody, else keeps the order', () => {
    const some = ['well', 'nobody', 'help', 'nobody'].map((state, at) =>
      building({ id: String(at), state }),
    );
    expect(pressingFirst(some).map((one) => one.id)).toEqual(['2', '1', '3', '0']);
  });
});
