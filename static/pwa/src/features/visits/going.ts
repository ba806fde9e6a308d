// How one goes to a door, and what came of it, in the words of the list of the day.
import type { OpenEntry } from '@/core/db';
import { isRecord } from '@/core/json';
import { METHOD, nameIn, OUTCOME } from '@/core/labels';
import type { Visit } from './types';

/** The few words in which a record stands on the list, be it sent or waiting. */
export interface Brief {
  method: string;
  outcome: string;
}

/** The record that waits on this phone; an answer to a proposal waits there too and is none. */
export function waitingRecord(entry: OpenEntry | undefined): Brief | null {
  const body = entry?.body;
  if (!isRecord(body)) return null;
  const { method, outcome } = body;
  return typeof method === 'string' && typeof outcome === 'string' ? { method, outcome } : null;
}

const WISHED: Record<string, string> = {
  phone_only: '打电话，不上门',
  call_first: '先打电话，再上门',
};

/** The household's own wish first, then what the last try asks for. */
function howToGo(visit: Visit): string {
  const wished = WISHED[visit.household.wish];
  if (wished) return wished;
  if (visit.hint === 'phone') return '上次没人应，先打电话';
  return visit.attempt > 1 ? '上次没人应，换个时段' : '上门';
}

/** 上门 · 见到，平安; or, before anything was recorded, how one goes there. */
export function wayAndOutcome(visit: Visit, waiting: Brief | null): string {
  const said = waiting ?? visit.record;
  if (!said) return howToGo(visit);
  return `${nameIn(METHOD, said.method)} · ${nameIn(OUTCOME, said.outcome)}`;
}
