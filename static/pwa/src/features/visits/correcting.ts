// A record is set right: who may, the form as it stands, and what is sent.
import { submit } from '@/core/submit';
import { emptyForm, recordBody, type RecordForm } from './record';
import type { Visit, VisitRecord } from './types';

const FOR_HOURS = 24;

export interface Correction extends RecordForm {
  reason: string;
}

/** Who wrote it, for a day: the server's clock says when it arrived, and has the last word. */
export function mayCorrectOwn(record: VisitRecord, me: string, now: number = Date.now()): boolean {
  return record.by.id === me && now - Date.parse(record.received_at) < FOR_HOURS * 3_600_000;
}

export function mayCorrect(visit: Visit, me: string): boolean {
  return visit.record !== null && (visit.leads || mayCorrectOwn(visit.record, me));
}

/** Whoever did not write it says why. */
export function needsReason(visit: Visit, me: string): boolean {
  return visit.record !== null && !mayCorrectOwn(visit.record, me);
}

export function formOf(visit: Visit, record: VisitRecord): Correction {
  const along = visit.with.map((one) => one.id);
  const wish = record.outcome === 'declined' || record.outcome === 'not_home';
  return {
    ...emptyForm(record.on, record.method, along, { visit: visit.id, ticket: '' }),
    outcome: record.outcome,
    needs: [...record.needs],
    note: record.note ?? '',
    note_agreed: record.note !== null,
    next_step: wish ? (record.next_step ?? '') : '',
    reason: '',
  };
}

export function correctionBody(form: Correction, now: Date = new Date()): Record<string, unknown> {
  const body: Record<string, unknown> = recordBody(form, now);
  delete body.ticket; // what was heard went its own way
  return { ...body, reason: form.reason.trim() || null };
}

function send(visit: Visit, verb: string, label: string, body: unknown) {
  return submit<Visit>({
    object: `visit:${visit.id}`,
    form: `${verb}:${visit.id}:${String(visit.version)}`,
    label: `${label} ${visit.household.place_text}`,
    method: 'POST',
    path: `/visits/${visit.id}/${verb}`,
    body,
    version: visit.version,
  });
}

export function sendCorrection(visit: Visit, form: Correction) {
  return send(visit, 'correct', '更正走访', correctionBody(form));
}

export function sendVoid(visit: Visit, reason: string) {
  return send(visit, 'void', '作废走访', { reason: reason.trim() || null });
}
