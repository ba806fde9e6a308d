// What a clerk ticks for one row, which keys tick it, and the record that it becomes. Pure.
import { missingIn, reportBody } from '@/ui/report';
import type { FieldErrors, Report, Slot } from '@/ui/types';
import { methodsFor } from '../record';
import { type Box, METHOD_BOXES, NEED_BOXES, OUTCOME_BOXES, STEP_BOXES } from './boxes';
import type { PaperDoor } from './types';

export interface Entry {
  outcome: string;
  method: string;
  needs: string[];
  next_step: string;
  on: string;
  slot: Slot;
  /** What becomes a ticket; nothing unless the clerk opens it. */
  report: Report | null;
}

export function emptyEntry(door: PaperDoor, today: string): Entry {
  return {
    outcome: '',
    method: door.wish === 'phone_only' ? 'phone' : 'door',
    needs: [],
    next_step: '',
    on: door.on < today ? door.on : today,
    slot: { date: '', from: '', to: '' },
    report: null,
  };
}

function flip(list: string[], value: string): string[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

export function withOutcome(entry: Entry, outcome: string): Entry {
  const fits = methodsFor(outcome).includes(entry.method);
  return { ...entry, outcome, method: fits ? entry.method : 'door' };
}

/** The entry after a key, or null for a key that ticks nothing. */
export function withKey(entry: Entry, key: string): Entry | null {
  const found = (boxes: Box[]): string | undefined =>
    boxes.find((box) => box.key === key.toUpperCase())?.value;
  const outcome = found(OUTCOME_BOXES);
  if (outcome) return withOutcome(entry, outcome);
  const method = found(METHOD_BOXES);
  if (method) return { ...entry, method };
  const need = found(NEED_BOXES);
  if (need) return { ...entry, needs: flip(entry.needs, need) };
  const step = found(STEP_BOXES);
  if (step) return { ...entry, next_step: entry.next_step === step ? '' : step };
  return null;
}

/** What a key does on a row; in a field it writes, and on a button it presses. */
export function actOf(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  inField: boolean,
): 'send' | 'next' | 'tick' | null {
  const held = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter' && held) return 'send';
  if (inField || held || event.altKey) return null;
  return event.key === 'Enter' ? 'next' : 'tick';
}

function talked(entry: Entry): boolean {
  return entry.method !== 'ok_signal' && entry.outcome !== 'not_home';
}

/** What is still missing before this row can go. */
export function missing(entry: Entry): FieldErrors {
  if (entry.outcome === 'rescheduled' && !entry.slot.from)
    return { reschedule_to: ['请选改到哪天、什么时候。'] };
  return entry.outcome === 'issue' && entry.report ? missingIn(entry.report) : {};
}

export function entryBody(number: number, entry: Entry): Record<string, unknown> {
  const { date, from, to } = entry.slot;
  return {
    number,
    on: entry.on,
    method: entry.method,
    outcome: entry.outcome,
    needs: talked(entry) ? [...entry.needs] : [],
    ...(entry.next_step && talked(entry) ? { next_step: entry.next_step } : {}),
    ...(entry.outcome === 'rescheduled' ? { reschedule_to: { date, window: { from, to } } } : {}),
    ...(entry.outcome === 'issue' && entry.report ? { ticket: reportBody(entry.report) } : {}),
  };
}

/** `entries.3.on` and the like, by row. */
export function errorsOf(errors: FieldErrors, number: number): FieldErrors {
  const start = `entries.${String(number)}.`;
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => field.startsWith(start))
      .map(([field, words]) => [field.slice(start.length).replace(/^ticket\./, ''), words]),
  );
}

/** Free to be ticked: nothing is recorded of it yet. */
export function isOpen(door: PaperDoor): boolean {
  return door.record === null;
}
