// A form is kept at each keystroke, and an older value never wins over a newer one.
import { beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { db } from './db';
import { draftsKept, readDraft, useDraft } from './draft';
import { keepSession } from './owner';

beforeEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(db.tables.map((table) => table.clear()));
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
});

/** Long enough for what was begun, and shorter than a person notices. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 60));

it('what was typed is kept a moment later, and opens the form again', async () => {
  const first = useDraft('ticket:new', { text: '', photos: [] as string[] });
  await first.ready;
  first.form.text = '灯坏';
  await nextTick();
  first.form.text = '灯坏了';
  first.form.photos.push('c'.repeat(64));
  await draftsKept();
  const again = useDraft('ticket:new', { text: '', photos: [] as string[] });
  await again.ready;
  expect(again.form).toEqual({ text: '灯坏了', photos: ['c'.repeat(64)] });
  expect(await db.drafts.toArray()).toMatchObject([{ hashes: ['c'.repeat(64)] }]);
});

it('a slow sealing does not let an older value win', async () => {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  let slow = 40;
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
    const pause = slow;
    slow = 0; // only the first is slow
    await new Promise((resolve) => setTimeout(resolve, pause));
    return encrypt(...args);
  });
  const draft = useDraft('ticket:new', { text: '' });
  await draft.ready;
  for (const text of ['灯', '灯坏', '灯坏了']) {
    draft.form.text = text;
    await nextTick();
  }
  await draftsKept();
  expect(await readDraft('ticket:new')).toEqual({ text: '灯坏了' });
});

it('says when all that was typed is on the phone, also what came while it was being kept', async () => {
  const draft = useDraft('ticket:new', { text: '' });
  await draft.ready;
  draft.form.text = '灯';
  await nextTick();
  draft.form.text = '灯坏了';
  await draftsKept();
  expect(await readDraft('ticket:new')).toEqual({ text: '灯坏了' });
  await draftsKept(); // nothing is on its way: at once
});

it('a form that was sent is forgotten, also when its last keystroke is still being kept', async () => {
  const draft = useDraft('ticket:new', { text: '' });
  await draft.ready;
  draft.form.text = '灯坏了';
  await nextTick();
  await draft.forget();
  await aMoment();
  expect(await db.drafts.count()).toBe(0);
});
