// What is filled in when a ticket is dispatched.
import { describe, expect, it } from 'vitest';
import { filledIn, hintOf, sentAtOnce, toOption } from './advice';
import type { DispatchChoice } from './types';

const choice = (id: string, suggested: boolean, returned = false): DispatchChoice => ({
  id,
  name: id,
  party: null,
  kind: 'property',
  suggested,
  returned,
});
const advice = { lead_org_id: 'b', co_org_ids: ['c'], decides: false, objection: '' };

describe('the form of dispatching', () => {
  it('takes what the rule says', () => {
    const items = [choice('a', true), choice('b', false)];
    expect(filledIn(items, advice, true)).toEqual({ lead_org_id: 'b', co_org_ids: ['c'] });
    expect(filledIn(items, advice, false)).toEqual({ lead_org_id: 'b' });
    expect(hintOf(advice)).toContain('规则');
  });

  it('without a rule, or where it cannot be followed, takes the usual one who has not returned it', () => {
    const items = [choice('a', true, true), choice('d', true)];
    const objected = { ...advice, objection: '他们退过这件' };
    expect(filledIn(items, objected, true)).toEqual({ lead_org_id: 'd' });
    expect(filledIn([choice('a', true, true)], null, true)).toEqual({});
    expect(hintOf(objected)).toBe('他们退过这件');
    expect(hintOf(null)).toBe('');
  });

  it('says before accepting that a rule which decides sends it on at once, and to whom', () => {
    const items = [choice('a', true), choice('b', false)];
    expect(sentAtOnce(items, { ...advice, decides: true })).toContain('直接派给b');
    expect(sentAtOnce(items, advice)).toBe('');
    expect(sentAtOnce(items, null)).toBe('');
    expect(sentAtOnce([], { ...advice, decides: true })).toBe('');
  });

  it('says who has returned it', () => {
    expect(toOption(choice('物业', true, true)).label).toBe('物业（退过）');
    expect(toOption(choice('物业', true)).label).toBe('物业');
  });
});
