// From a form into the outbox, with a moment's patience for what becomes of it.
import { drain } from './drain';
import { db } from './db';
import { keepDraft } from './draft';
import { openEntry } from './entry';
import { discard, put, type Placed, type Request } from './outbox';
import { asProblem, sentenceOf } from './problem';
import { refusedOf } from './refusal';

const PATIENCE_MS = 5_000;

export type { Request } from './outbox';

export type Outcome<T> =
  | { state: 'received'; answer: T }
  | { state: 'refused'; reason: string; code: string; errors: Record<string, string[]> }
  /** Not this person's any more: the leader gets it. */
  | { state: 'handed'; reason: string }
  | { state: 'waiting' };

const underWay = new Map<string, Promise<Outcome<unknown>>>();

/**
 * Puts a request in and waits a moment for its fate. A refusal is handed back to the page that
 * asked, which still has the form. Two quick taps on one form are one request.
 */
export function submit<T>(request: Request): Promise<Outcome<T>> {
  const { form } = request;
  const before = form ? underWay.get(form) : undefined;
  if (before) return before as Promise<Outcome<T>>;
  const fate = goThrough<T>(request).finally(() => form && underWay.delete(form));
  if (form) underWay.set(form, fate);
  return fate;
}

async function goThrough<T>(request: Request): Promise<Outcome<T>> {
  let placed: Placed;
  try {
    placed = await put(request);
  } catch (error) {
    const problem = asProblem(error);
    return { state: 'refused', reason: problem.sentence, code: problem.code, errors: {} };
  }
  void askForBackgroundSync();
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([drain().catch(() => 0), patience]);
  return fateOf<T>(request, placed);
}

async function fateOf<T>(request: Request, { seq, replaced }: Placed): Promise<Outcome<T>> {
  const kept = await db.outbox.get(seq);
  if (!kept) return { state: 'waiting' };
  const { state, code, answer, reason } = await openEntry(kept);
  if (state === 'received') return { state, answer: answer as T };
  if (state === 'handed') return { state, reason: String(reason) };
  if (state !== 'refused') return { state: 'waiting' };
  const { errors } = refusedOf(answer);
  if (!replaced) await backToForm(request, seq);
  return { state, reason: sentenceOf(String(reason), errors), code: String(code), errors };
}

/** The page has the form still; it is a draft again, and nothing is left in the list. */
async function backToForm({ redo }: Request, seq: number): Promise<void> {
  if (redo) await keepDraft(redo.draft, redo.form);
  await discard(seq);
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

async function askForBackgroundSync(): Promise<void> {
  if (typeof navigator === 'undefined' || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const manager = (registration as { sync?: SyncManager } | undefined)?.sync;
  await manager?.register('outbox').catch(() => undefined);
}
