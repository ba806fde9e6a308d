// A half-filled form is kept at every change: the phone may close the page while the camera is open.
import { reactive, watch } from 'vue';
import { db } from './db';
import { isRecord, plain } from './json';

export interface DraftForm<T> {
  form: T;
  ready: Promise<void>;
  forget: () => Promise<void>;
}

export function useDraft<T extends object>(id: string, empty: T): DraftForm<T> {
  const form = reactive(plain(empty) as unknown as T) as T;
  let forgotten = false;

  const ready = (async () => {
    const kept = (await db.drafts.get(id))?.value;
    if (isRecord(kept)) Object.assign(form, kept);
    watch(
      () => plain(form),
      (value) => {
        if (!forgotten) void db.drafts.put({ id, value, at: Date.now() });
      },
    );
  })();

  async function forget(): Promise<void> {
    forgotten = true;
    await db.drafts.delete(id);
  }

  return { form, ready, forget };
}
