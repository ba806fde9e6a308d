// The record of a visit: what is asked for which outcome, and the body that is sent. Pure.
import { METHODS_OF, TRIES, WISHES } from '@/core/labels';
import { emptyReport, missingIn, photosIn, reportBody } from '@/ui/report';
import type { Choice, FieldErrors, Report, Slot } from '@/ui/types';

export interface RecordForm {
  /** What the form is about: the same form sent again is the same record. */
  visit_id: string;
  outcome: string;
  method: string;
  needs: string[];
  note: string;
  note_agreed: boolean;
  next_step: string;
  on: string;
  with_ids: string[];
  new_slot: Slot;
  ticket_id: string;
  report: Report;
}

/** Four large answers; the last opens the two that it stands for. */
export const OUTCOMES: Choice[] = [
  { value: 'ok', label: '见到，平安', hint: '点一下就好' },
  { value: 'issue', label: '有事', hint: '顺手报一件' },
  { value: 'not_home', label: '没人应', hint: '自动换时段' },
  { value: 'other', label: '婉拒 / 改约', hint: '都算完成' },
];

export const OTHER_OUTCOMES: Choice[] = [
  { value: 'declined', label: '婉拒', hint: '这次不方便' },
  { value: 'rescheduled', label: '改约', hint: '另约时间' },
];

// Of what nobody said, everything is possible.
const ANY = METHODS_OF.ok ?? [];
const NEXT_STEPS: Record<string, string[]> = { not_home: TRIES, declined: WISHES };

/** The ids of what the form will bring into being: known before anything is sent. */
export interface FormIds {
  visit: string;
  ticket: string;
}

/** How one goes to a door: by telephone where the household wishes it, or after two tries. */
export function methodFor(wish: string, hint: string | null): string {
  return wish === 'phone_only' || hint === 'phone' ? 'phone' : 'door';
}

export function emptyForm(
  today: string,
  method: string,
  withIds: string[],
  ids: FormIds,
): RecordForm {
  return {
    visit_id: ids.visit,
    outcome: '',
    method,
    needs: [],
    note: '',
    note_agreed: false,
    next_step: '',
    on: today,
    with_ids: withIds,
    new_slot: { date: '', from: '', to: '' },
    ticket_id: ids.ticket,
    report: emptyReport(),
  };
}

export function methodsFor(outcome: string): string[] {
  return METHODS_OF[outcome === 'other' ? 'declined' : outcome] ?? ANY;
}

export function nextStepsFor(outcome: string): string[] {
  return NEXT_STEPS[outcome] ?? [];
}

/** Whether there was a talk in which the household could say something and agree to it. */
export function spoken(form: RecordForm): boolean {
  return form.method !== 'ok_signal' && form.outcome !== 'not_home';
}

/** A light seen from below says by itself that all is well. */
export function withMethod(form: RecordForm, method: string): Partial<RecordForm> {
  return method === 'ok_signal' && form.outcome === '' ? { method, outcome: 'ok' } : { method };
}

/** After another outcome was chosen: keeps the method where it still fits. */
export function withOutcome(form: RecordForm, outcome: string): Partial<RecordForm> {
  const fits = methodsFor(outcome).includes(form.method);
  return { outcome, next_step: '', ...(fits ? {} : { method: 'door' }) };
}

function noteMissing(form: RecordForm): boolean {
  return spoken(form) && form.note.trim() !== '' && !form.note_agreed;
}

export function missing(form: RecordForm): FieldErrors {
  const found: FieldErrors = {};
  if (['', 'other'].includes(form.outcome)) found.outcome = ['请选一个结果。'];
  if (noteMissing(form)) found.note = ['问过住户、住户同意才能记；不然请清空。'];
  if (form.outcome === 'rescheduled' && !form.new_slot.from)
    found.reschedule_to = ['请选日期和时段。'];
  return form.outcome === 'issue' ? { ...found, ...missingIn(form.report) } : found;
}

function ticketBody(form: RecordForm): Record<string, unknown> {
  return { id: form.ticket_id, ...reportBody(form.report) };
}

export function recordBody(form: RecordForm, now: Date = new Date()): Record<string, unknown> {
  const talked = spoken(form);
  const note = talked ? form.note.trim() : '';
  return {
    on: form.on,
    method: form.method,
    outcome: form.outcome,
    needs: talked ? [...form.needs] : [],
    with_ids: [...form.with_ids],
    device_time: now.toISOString(),
    ...(note ? { note, note_agreed: form.note_agreed } : {}),
    ...(form.next_step ? { next_step: form.next_step } : {}),
    ...(form.outcome === 'rescheduled'
      ? {
          reschedule_to: {
            date: form.new_slot.date,
            window: { from: form.new_slot.from, to: form.new_slot.to },
          },
        }
      : {}),
    ...(form.outcome === 'issue' ? { ticket: ticketBody(form) } : {}),
  };
}

/** What comes into being with the record: others may be about it before it is sent. */
export function createdBy(form: RecordForm, planned: boolean): string[] {
  return [
    ...(planned ? [] : [`visit:${form.visit_id}`]),
    ...(form.outcome === 'issue' ? [`ticket:${form.ticket_id}`] : []),
  ];
}

export function photosOf(form: RecordForm): string[] {
  return form.outcome === 'issue' ? photosIn(form.report) : [];
}

/** Errors of the ticket inside a record come as `ticket.text`, or nested under `ticket`. */
export function flatErrors(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, words]) => [field.replace(/^ticket\./, ''), words]),
  );
}
