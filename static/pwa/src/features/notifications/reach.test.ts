import { describe, expect, it } from 'vitest';
import { REACH_GAP } from '@/core/labels';
import { helpFor } from './reach';

describe('what helps', () => {
  it('is said for each reason that the server knows', () => {
    const said = Object.keys(REACH_GAP).map(helpFor);
    expect(new Set(said).size).toBe(Object.keys(REACH_GAP).length);
  });

  it('is said for a reason of a newer server too', () => {
    expect(helpFor('anything')).toContain('开提醒');
  });
});
