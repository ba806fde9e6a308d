// A record that is set right.
import { describe, expect, it } from 'vitest';
import { correctionBody, formOf, mayCorrectOwn } from './correcting';
import type { Visit, VisitRecord } from './types';

const NOW = Date.parse('2026-11-26T11:00:00Z');
const record = {
  by: { id: 'me', name: '陈师傅' },
  on: '2026-11-25',
  method: 'phone',
  outcome: 'issue',
  needs: ['leak'],
  note: null,
  received_at: '2026-11-25T11:30:00Z',
  next_step: null,
} as unknown as VisitRecord;
const visit = { id: 'v', with: [{ id: 'li', name: '李姐' }] } as unknown as Visit;

describe('a record', () => {
  it('is set right by who wrote it, for a day after it arrived', () => {
    expect(mayCorrectOwn(record, 'me', NOW)).toBe(true);
    expect(mayCorrectOwn(record, 'li', NOW)).toBe(false);
    expect(mayCorrectOwn(record, 'me', NOW + 3_600_000)).toBe(false);
  });

  it('opens as it stands, and is sent without the matter that went its own way', () => {
    const body = correctionBody(formOf(visit, record), new Date(NOW));
    expect(body).toEqual({
      on: '2026-11-25',
      method: 'phone',
      outcome: 'issue',
      needs: ['leak'],
      with_ids: ['li'],
      device_time: '2026-11-26T11:00:00.000Z',
      reason: null,
    });
  });
});
