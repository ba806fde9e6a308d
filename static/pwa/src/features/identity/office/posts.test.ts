// Who may bring whom into which organisation, as the form offers it.
import { describe, expect, it } from 'vitest';
import { mayFill, rolesIn } from './posts';
import type { Organisation } from './types';

const organisation = (id: string, kind: string): Organisation => ({
  id,
  kind,
  name: id,
  party: null,
  place: { id: 'p', name: '和园社区', kind: 'community' },
});

describe('the organisations that are offered', () => {
  it('are all parties of the community for the committee, but not the subdistrict', () => {
    const none = new Set<string>();
    expect(mayFill(organisation('a', 'property'), none, 'committee')).toBe(true);
    expect(mayFill(organisation('b', 'subdistrict'), none, 'committee')).toBe(false);
  });

  it('are only its own for any other office', () => {
    const own = new Set(['a']);
    expect(mayFill(organisation('a', 'property'), own, 'property')).toBe(true);
    expect(mayFill(organisation('b', 'social_org'), own, 'property')).toBe(false);
  });

  it('have the roles of their kind, the usual one first', () => {
    expect(rolesIn(organisation('a', 'property'))[0]).toBe('dispatcher');
    expect(rolesIn(undefined)).toEqual(['member']);
  });
});
