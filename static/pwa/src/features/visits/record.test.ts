// The record of a visit as it is asked and as it is sent.
import { describe, expect, it } from 'vitest';
import {
  emptyForm,
  missing,
  photosOf,
  recordBody,
  type RecordForm,
  withMethod,
  withOutcome,
} from './record';

const NOW = new Date('2026-11-26T11:00:00Z');

function form(change: Partial<RecordForm> = {}): RecordForm {
  return {
    ...emptyForm('2026-11-26', 'door', ['li'], { visit: 'visit-1', ticket: 'ticket-1' }),
    ...change,
  };
}

describe('seen, all well', () => {
  it('needs one answer and nothing else', () => {
    expect(missing(form({ outcome: 'ok' }))).toEqual({});
    expect(recordBody(form({ outcome: 'ok' }), NOW)).toEqual({
      on: '2026-11-26',
      method: 'door',
      outcome: 'ok',
      needs: [],
      with_ids: ['li'],
      device_time: '2026-11-26T11:00:00.000Z',
    });
  });

  it('may be said by a light in the window', () => {
    expect(withMethod(form(), 'ok_signal')).toEqual({ method: 'ok_signal', outcome: 'ok' });
    expect(withMethod(form({ outcome: 'issue' }), 'phone')).toEqual({ method: 'phone' });
  });
});

describe('another outcome', () => {
  it('keeps the method only where it fits', () => {
    const seen = form({ outcome: 'ok', method: 'ok_signal' });
    expect(withOutcome(seen, 'declined')).toMatchObject({ outcome: 'declined', method: 'door' });
    expect(withOutcome(form({ method: 'phone' }), 'not_home')).not.toHaveProperty('method');
  });

  it('drops what nobody can have said when nobody answered', () => {
    const body = recordBody(
      form({ outcome: 'not_home', needs: ['leak'], note: '漏水', note_agreed: true }),
      NOW,
    );
    expect(body).toMatchObject({ needs: [] });
    expect(body).not.toHaveProperty('note');
  });

  it('asks for the new time of a new appointment', () => {
    expect(missing(form({ outcome: 'rescheduled' }))).toHaveProperty('reschedule_to');
    const slot = { date: '2026-11-28', from: '09:30', to: '11:30' };
    expect(recordBody(form({ outcome: 'rescheduled', new_slot: slot }), NOW)).toMatchObject({
      reschedule_to: { date: '2026-11-28', window: { from: '09:30', to: '11:30' } },
    });
  });
});

describe('a note', () => {
  it('needs the agreement of the household', () => {
    const noted = form({ outcome: 'ok', note: '想装扶手' });
    expect(missing(noted)).toHaveProperty('note');
    expect(missing({ ...noted, note_agreed: true })).toEqual({});
  });
});

describe('an issue', () => {
  const report = {
    category: 'facility.power_lighting',
    text: ' 楼道灯不亮 ',
    spot: '',
    whose: 'public' as const,
    agreed_by: '',
    media: ['h1'],
  };

  it('asks what, in which words, and whose matter it is', () => {
    expect(Object.keys(missing(form({ outcome: 'issue' })))).toEqual([
      'category',
      'text',
      'public_area',
    ]);
  });

  it('opens a ticket in the same step', () => {
    const body = recordBody(form({ outcome: 'issue', report }), NOW);
    expect(body.ticket).toEqual({
      id: 'ticket-1',
      category: 'facility.power_lighting',
      text: '楼道灯不亮',
      public_area: true,
      media: ['h1'],
    });
  });

  it('takes no photos of homes', () => {
    const private_ = { ...report, whose: 'agreed' as const, agreed_by: '王阿姨' };
    expect(photosOf(form({ outcome: 'issue', report: private_ }))).toEqual([]);
    expect(recordBody(form({ outcome: 'issue', report: private_ }), NOW).ticket).toMatchObject({
      agreed_by: '王阿姨',
      media: [],
    });
  });
});
