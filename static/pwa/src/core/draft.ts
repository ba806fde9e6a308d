// A half-filled form is kept at every change: the phone may close the page while the camera is open.
import { nextTick, reactive, watch } from 'vue';
import { db, ownerId } from './db';
import { hashesIn, isRecord, type Json, plain } from './json';
import { putFor } from './owner';
import { roomy } from './room';
import { seal, unseal } from './seal';

export interface DraftForm<T> {
  form: T;
  ready: Promise<void>;
  forget: () => Promise<void>;
}

export function draftId(personId: string, form: string): string {
  return `${personId}|${form}`;
}

async function idOf(form: string): Promise<string> {
  return draftId(await ownerId(), form);
}

/** Keeps a form, so that its page opens with it. */
export async function keepDraft(form: string, value: Json): Promise<void> {
  const person_id = await ownerId();
  if (!person_id) return;
  const sealed = await seal(value);
  const draft = { id: draftId(person_id, form), person_id, at: Date.now(), sealed };
  await roomy(() => putFor(person_id, db.drafts, { ...draft, hashes: hashesIn(value) }));
}

export async function readDraft(form: string): Promise<Json> {
  const kept = await db.drafts.get(await idOf(form));
  return kept ? unseal(kept.sealed).catch(() => null) : null;
}

export async function forgetDraft(form: string): Promise<void> {
  await db.drafts.delete(await idOf(form));
}

const writings = new Set<Promise<void>>();

/** Once every form is on the phone as it stands now: what is shown after this outlives the page. */
export async function draftsKept(): Promise<void> {
  await nextTick(); // the forms notice their changes
  while (writings.size > 0) await Promise.all(writings);
}

/**
 * Writes the newest value, one writing at a time: an older one can never win, and what was typed
 * while one was written goes with the next.
 */
function keeper(form: string) {
  let newest: Json | undefined;
  let writing: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (newest !== undefined) {
      const value = newest;
      newest = undefined;
      await keepDraft(form, value).catch(() => undefined); // `roomy` has told the person
    }
    writing = null;
  }

  function begin(): Promise<void> {
    const now = work();
    writings.add(now);
    void now.then(() => writings.delete(now));
    return now;
  }

  function keep(value: Json): void {
    newest = value;
    writing ??= begin();
  }

  async function forget(): Promise<void> {
    newest = undefined;
    await writing;
    await forgetDraft(form);
  }

  return { keep, forget };
}

export function useDraft<T extends object>(id: string, empty: T): DraftForm<T> {
  const form = reactive(plain(empty) as unknown as T) as T;
  const { keep, forget } = keeper(id);
  let forgotten = false;

  const ready = (async () => {
    const kept = await readDraft(id);
    if (isRecord(kept)) Object.assign(form, kept);
    watch(
      () => plain(form),
      (value) => {
        if (!forgotten) keep(value);
      },
    );
  })();

  return {
    form,
    ready,
    forget: () => {
      forgotten = true;
      return forget();
    },
  };
}
