// A record of a visit that is no longer this person's: what was seen is not lost, the leader gets it.
import type { EntryContent, OutboxEntry } from './db';
import { isRecord, type Json } from './json';
import { strayObject } from './order';

export const HANDED = '这一户已经不归您了，记录交给了负责人。';

/** The assignment went away; every other refusal is for the person to mend. */
const WENT_AWAY = new Set(['not_found', 'not_allowed', 'visit_is_over', 'visit_not_yours']);

type Sent = Pick<OutboxEntry, 'method' | 'path'>;

function plannedVisit({ method, path }: Sent): string | null {
  const id = /^\/visits\/([^/]+)\/record$/.exec(path)?.[1];
  return method === 'PUT' && id ? id : null;
}

export function isVisitRecord(entry: Sent): boolean {
  return plannedVisit(entry) !== null || (entry.method === 'POST' && entry.path === '/visits');
}

/** Whether this refusal of this entry is none of the person's doing and goes to the leader. */
export function goesToLeader(entry: Sent, code: string): boolean {
  return isVisitRecord(entry) && WENT_AWAY.has(code);
}

/** What `POST /visits/strays` takes: the record just as it was said. */
export function strayBody(entry: Sent, content: EntryContent, code: string): Json {
  const said = { ...(isRecord(content.body) ? content.body : {}) };
  const household = said.household_id;
  delete said.id;
  delete said.household_id;
  return {
    visit_id: plannedVisit(entry),
    household_id: typeof household === 'string' ? household : null,
    code,
    said: said as Json,
  };
}

/** The entry that carries it, with the same photos, which have arrived already. */
export function strayOf(entry: OutboxEntry, key: string): Omit<OutboxEntry, 'sealed'> {
  return {
    key,
    person_id: entry.person_id,
    media: entry.media,
    created_at: entry.created_at,
    receipt: null,
    received_at: null,
    object: strayObject(entry.key),
    creates: [],
    form: null,
    method: 'POST',
    path: '/visits/strays',
    if_match: null,
    state: 'waiting',
    code: null,
    attempts: 0,
    next_try_at: 0,
    settled_at: null,
  };
}
