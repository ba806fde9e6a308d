// Forms: submitted, refused, opened again; what waits for another; what is offered again.
import { describe, expect, it } from 'vitest';
import { db } from './db';
import { keepDraft, readDraft } from './draft';
import { drain } from './drain';
import { discard, put, reopen } from './outbox';
import { json, noNetwork, paths, playServer, request, server, states } from './played';
import { submit } from './submit';
import { offerAgain } from './tidy';

playServer();

describe('a page that submits', () => {
  it('gets the answer', async () => {
    server.answer = () => json(201, { id: 'x' });
    expect(await submit(request('ticket:1'))).toEqual({ state: 'received', answer: { id: 'x' } });
  });

  it('gets the refusal with its fields, and nothing is left in the list', async () => {
    server.answer = () =>
      json(422, { title: '没填对。', code: 'invalid', errors: { text: ['请填写。'] } });
    expect(await submit(request('ticket:1'))).toMatchObject({
      state: 'refused',
      reason: '没填对：请填写。',
      errors: { text: ['请填写。'] },
    });
    expect(await db.outbox.count()).toBe(0);
  });

  it('is told that it waits when there is no network', async () => {
    server.answer = noNetwork;
    expect(await submit(request('visit:1'))).toEqual({ state: 'waiting' });
  });
});

describe('a form', () => {
  const redo = { page: '/tickets/new', draft: 'ticket:1', form: { text: '灯坏了' } };

  it('that is sent twice quickly is one request', async () => {
    const form = request('ticket:1', { form: 'report:1' });
    const both = await Promise.all([submit(form), submit(form)]);
    await submit(form);
    expect(both.map((one) => one.state)).toEqual(['received', 'received']);
    expect(server.seen).toHaveLength(1);
  });

  it('becomes an entry and is no draft any more, in one step', async () => {
    server.answer = noNetwork;
    await keepDraft('ticket:1', redo.form);
    await submit(request('ticket:1', { form: 'report:1', redo }));
    expect(await readDraft('ticket:1')).toBeNull();
    expect(await db.outbox.count()).toBe(1);
  });

  it('that is refused is a draft again', async () => {
    server.answer = () => json(422, { title: '没填对。', code: 'invalid' });
    await submit(request('ticket:1', { form: 'report:1', redo }));
    expect(await readDraft('ticket:1')).toEqual(redo.form);
  });

  it('that was refused later opens again, and takes the place of what was refused', async () => {
    server.answer = () => json(422, { title: '没填对。', code: 'invalid' });
    const { seq } = await put(
      request('ticket:1', { form: 'report:1', redo, creates: ['ticket:1'] }),
    );
    await put(request('ticket:1', { path: '/note' }));
    await drain();
    expect(await states()).toEqual(['ticket:1 refused', 'ticket:1 waiting']);
    expect(await reopen(seq)).toBe('/tickets/new');
    expect(await readDraft('ticket:1')).toEqual(redo.form);
    server.answer = () => json(200, {});
    await submit(request('ticket:1', { form: 'report:1', redo, creates: ['ticket:1'] }));
    expect(await states()).toEqual(['ticket:1 received', 'ticket:1 received']);
    expect(paths()).toEqual(['/ticket/1', '/ticket/1', '/note']);
  });
});

describe('what is about a thing that waits to be opened', () => {
  it('waits for it, also when it is opened inside something else', async () => {
    server.answer = (path) => (path === '/visit/1' ? json(503, {}) : json(200, {}));
    await put(request('visit:1', { creates: ['ticket:9'] }));
    await put(request('ticket:9'));
    await drain();
    expect(paths()).toEqual(['/visit/1']);
    server.answer = () => json(200, {});
    await drain({ ignorePauses: true });
    expect(paths()).toEqual(['/visit/1', '/visit/1', '/ticket/9']);
  });

  it('goes on waiting when that is refused, and is not counted as what could go', async () => {
    server.answer = () => json(409, { title: '不行。', code: 'no' });
    await put(request('visit:1', { creates: ['ticket:9'] }));
    await put(request('ticket:9'));
    expect(await drain()).toBe(0);
    expect(await states()).toEqual(['visit:1 refused', 'ticket:9 waiting']);
  });

  it('goes when the person takes the other back, and is told the truth', async () => {
    server.answer = () => json(409, { title: '不行。', code: 'no' });
    const { seq } = await put(request('visit:1', { creates: ['ticket:9'] }));
    await put(request('ticket:9'));
    await drain();
    await discard(seq);
    await drain();
    expect(await states()).toEqual(['ticket:9 refused']);
  });
});

describe('a server that comes back from a backup', () => {
  it('is offered the same again, in the same order, with the same keys', async () => {
    await put(request('ticket:1', { path: '/first' }));
    await put(request('ticket:1', { path: '/second' }));
    await drain();
    await offerAgain();
    await drain();
    expect(server.seen.slice(2)).toEqual(server.seen.slice(0, 2));
    expect(await states()).toEqual(['ticket:1 received', 'ticket:1 received']);
  });

  it('is not offered what is older than thirty days', async () => {
    await put(request('ticket:1'));
    await drain();
    await offerAgain(Date.now() + 31 * 24 * 3_600_000);
    await drain();
    expect(server.seen).toHaveLength(1);
  });
});
