// One move for several tickets: what is sent, and what became of each.
import { api, newKey } from '@/core/api';
import type { Picked } from './picked';

export type BulkVerb = 'accept' | 'dispatch';

export interface Outcome {
  id: string;
  done: boolean;
  code: string | null;
  why: string | null;
  status_name: string | null;
  version: number | null;
}

export interface BulkLead {
  id: string;
  name: string;
  party: string;
  fits: number;
}

/** A batch keeps its key until it has been answered: sent again, it is done once. */
export interface Batch {
  key: string;
  verb: BulkVerb;
  leadId: string;
  items: { id: string; version: number }[];
}

export function batchOf(verb: BulkVerb, picked: Picked, leadId = ''): Batch {
  const items = [...picked].map(([id, version]) => ({ id, version }));
  return { key: newKey(), verb, leadId, items };
}

export async function send(batch: Batch): Promise<Outcome[]> {
  const lead = batch.verb === 'dispatch' ? { lead_org_id: batch.leadId } : {};
  const body = { verb: batch.verb, items: batch.items, ...lead };
  return (await api.post<{ items: Outcome[] }>('/tickets/bulk', body, { key: batch.key })).items;
}

export async function leadsFor(picked: Picked): Promise<BulkLead[]> {
  const ids = [...picked.keys()];
  return (await api.post<{ items: BulkLead[] }>('/tickets/bulk/leads', { ids })).items;
}

const NAMES: Record<BulkVerb, string> = { accept: '受理', dispatch: '派单' };

export function nameOf(verb: BulkVerb): string {
  return NAMES[verb];
}

/** How it went, in a sentence. */
export function sayOutcomes(verb: BulkVerb, outcomes: Outcome[]): string {
  const done = outcomes.filter((one) => one.done).length;
  const rest = outcomes.length - done;
  if (rest === 0) return `${done} 件都${NAMES[verb]}好了。`;
  return done === 0
    ? `这 ${rest} 件都没办成。`
    : `${done} 件${NAMES[verb]}好了，${rest} 件没办成。`;
}

/** What was not done: it stays picked, to be looked at or tried again. */
export function leftOver(outcomes: Outcome[]): Outcome[] {
  return outcomes.filter((one) => !one.done);
}
