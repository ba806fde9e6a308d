// Which doors are listed, and which of them still need a code.
import { describe, expect, it } from 'vitest';
import { codesOf, doorLines, without } from './doors';
import type { DoorCode } from './types';

const estates = [
  {
    id: 'e',
    kind: 'estate',
    name: '和园',
    children: [
      {
        id: 'b1',
        kind: 'building',
        name: '1栋',
        children: [
          { id: 'u1', kind: 'unit', name: '1单元' },
          { id: 'u2', kind: 'unit', name: '2单元' },
        ],
      },
      { id: 'b2', kind: 'building', name: '2栋', children: [] },
    ],
  },
];

function code(id: string, place: string): DoorCode {
  return { id, place: { id: place, name: place }, made_at: '2026-11-24T00:00:00Z' };
}

describe('the doors of a community', () => {
  it('are its units, and buildings without any', () => {
    const lines = doorLines(estates, [code('c1', 'u2')]);
    expect(lines.map((line) => line.text)).toEqual([
      '和园 1栋 1单元',
      '和园 1栋 2单元',
      '和园 2栋',
    ]);
    expect(without(lines)).toEqual(['u1', 'b2']);
    expect(codesOf(lines)).toEqual(['c1']);
  });

  it('are also the main door of a building that has a code of its own', () => {
    const lines = doorLines(estates, [code('c0', 'b1')]);
    expect(lines[0]).toMatchObject({ id: 'b1', text: '和园 1栋', code: { id: 'c0' } });
  });
});
