// The questions of a move, against the table that the server exports.
import { describe, expect, it } from 'vitest';
import { MOVES } from '@/generated/domain';
import { bodyOf, emptySaid, fieldsOf, missingIn, photosOf } from './moveFields';
import { usualFirst } from './order';
import { levelsOf, pathTo } from './place';
import { stepsOf } from './steps';

describe('the fields of a move', () => {
  it('are known for every move that a person may make', () => {
    for (const move of MOVES) {
      const asked = fieldsOf({ needs: move.needs, may: [] }, true).map((def) => def.name);
      expect(asked.sort()).toEqual([...move.needs].sort());
    }
  });

  it('ask for no photos of a home', () => {
    const resolve = { needs: ['what_was_done'], may: ['media_before', 'media_after'] };
    expect(fieldsOf(resolve, true)).toHaveLength(3);
    expect(fieldsOf(resolve, false)).toHaveLength(1);
  });

  it('say what is missing, and send only what was said', () => {
    const fields = fieldsOf(
      { needs: ['what_was_done'], may: ['media_after', 'nothing_to_see'] },
      true,
    );
    const said = emptySaid(fields);
    expect(missingIn(said, ['what_was_done'])).toHaveProperty('what_was_done');
    Object.assign(said, { what_was_done: '换了灯', media_after: ['h'] });
    expect(missingIn(said, ['what_was_done'])).toEqual({});
    expect(bodyOf('resolve', said)).toEqual({
      verb: 'resolve',
      what_was_done: '换了灯',
      media_after: ['h'],
    });
    expect(photosOf(said)).toEqual(['h']);
  });
});

describe('the moves', () => {
  it('begin with the usual next one and end with the grave ones', () => {
    const move = (verb: string, danger = false) => ({
      verb,
      name: verb,
      needs: [],
      may: [],
      danger,
    });
    const order = usualFirst([move('withdraw', true), move('suspend'), move('resolve')]);
    expect(order.map((one) => one.verb)).toEqual(['resolve', 'suspend', 'withdraw']);
  });
});

describe('the steps of a ticket', () => {
  it('show where it stands, and nothing where it left the way', () => {
    expect(stepsOf('in_progress').map((step) => step.state)).toEqual([
      'done',
      'done',
      'now',
      'later',
      'later',
      'later',
    ]);
    expect(stepsOf('rejected')).toEqual([]);
  });
});

describe('choosing a place', () => {
  const tree = {
    id: 'c',
    kind: 'community',
    name: '社区',
    children: [
      {
        id: 'e',
        kind: 'estate',
        name: '一期',
        children: [{ id: 'b', kind: 'building', name: '1号楼', children: [] }],
      },
    ],
  };

  it('walks down from the estate, asking only what is below', () => {
    expect(levelsOf(tree, []).map((level) => level.label)).toEqual(['哪个小区？']);
    const levels = levelsOf(tree, pathTo(tree, 'b'));
    expect(levels.map((level) => level.chosen)).toEqual(['e', 'b']);
    expect(pathTo(tree, 'elsewhere')).toEqual([]);
  });
});
