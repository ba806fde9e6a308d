// Records of visits that are not this person's any more: kept, and given to the leader.
import { describe, expect, it, vi } from 'vitest';
import { db } from './db';
import { drain } from './drain';
import { openEntry } from './entry';
import { put } from './outbox';
import { json, paths, playServer, request, server, states } from './played';
import { submit } from './submit';

const RECORD = '/visits/v1/record';
const body = { on: '2026-11-24', outcome: 'ok' };
const record = request('visit:v1', { method: 'PUT', path: RECORD, version: 3, body });
const refuse = (code: string, strays = json(201, { id: 's' })) => {
  server.answer = (path) =>
    path === RECORD || path === '/visits' ? json(404, { code, title: '没有了。' }) : strays.clone();
};

playServer();

async function opened() {
  return Promise.all((await db.outbox.orderBy('seq').toArray()).map(openEntry));
}

describe('a record that came too late', () => {
  it.each(['visit_is_over', 'not_found', 'visit_not_yours'])(
    'is kept and handed to the leader without a question when the server says %s',
    async (code) => {
      refuse(code);
      expect(await submit(record)).toEqual({
        state: 'handed',
        reason: '这一户已经不归您了，记录交给了负责人。',
      });
      expect(paths()).toEqual([RECORD, '/visits/strays']);
      const [kept, stray] = await opened();
      expect(kept?.body).toEqual(body);
      expect(stray?.body).toEqual({ visit_id: 'v1', household_id: null, code, said: body });
    },
  );

  it('of a visit that nobody had planned names the household', async () => {
    refuse('not_found');
    const said = { ...body, id: 'v2', household_id: 'h1' };
    await put(request('visit:v2', { path: '/visits', body: said }));
    await drain();
    const [, stray] = await opened();
    expect(stray?.body).toMatchObject({ visit_id: null, household_id: 'h1', said: body });
  });

  it('has the receipt of the handing over', async () => {
    const answer = Response.json({ id: 's' }, { headers: { 'Honglin-Receipt': '1124-AAAAAA' } });
    refuse('not_found', answer);
    await put(record);
    await drain();
    expect((await opened())[0]).toMatchObject({ state: 'handed', receipt: '1124-AAAAAA' });
  });

  it('and what became of it are settled together, or neither when the phone dies in between', async () => {
    refuse('not_found', Response.json({}, { headers: { 'Honglin-Receipt': '1124-AAAAAA' } }));
    await put(record);
    const [{ seq } = {}] = await db.outbox.toArray();
    const update = db.outbox.update.bind(db.outbox);
    let dead = false;
    const dies = vi.spyOn(db.outbox, 'update').mockImplementation((key, change) => {
      dead ||= key === seq && 'receipt' in change && change.receipt !== null;
      if (dead) throw new Error('killed');
      return update(key, change);
    });
    await drain().catch(() => undefined);
    expect(await states()).toEqual([
      'visit:v1 handed',
      expect.stringMatching(/^stray:.* (waiting|sending)$/),
    ]);
    dies.mockRestore();
    await drain({ ignorePauses: true });
    const [kept, stray] = await opened();
    expect(stray?.state).toBe('received');
    expect(kept?.receipt).toBe('1124-AAAAAA');
  });

  it('is refused, with the reason, when the leader cannot get it either', async () => {
    refuse('not_found', json(404, { code: 'not_found', title: '没有这一户。' }));
    await put(record);
    await drain();
    expect(await states()).toEqual(['visit:v1 refused']);
    expect((await opened())[0]?.reason).toBe('没有这一户。');
  });

  it('waits for the network as everything does', async () => {
    server.answer = (path) => {
      if (path === RECORD) return json(409, { code: 'visit_is_over', title: '取消了。' });
      throw new TypeError('offline');
    };
    await put(record);
    expect(await drain()).toBe(1);
    expect(await states()).toEqual([
      'visit:v1 handed',
      expect.stringMatching(/^stray:.* waiting$/),
    ]);
  });

  it('is not handed over for what the person can mend', async () => {
    refuse('invalid');
    await put(record);
    await drain();
    expect(await states()).toEqual(['visit:v1 refused']);
  });
});

it('a record of a visit that was moved meanwhile goes with the present version', async () => {
  server.answer = (_, { version }) =>
    version === '3'
      ? json(412, { code: 'stale', title: '改过了。', current: { version: 5 } })
      : json(200, {});
  await put(record);
  await drain();
  expect(server.seen.map((one) => one.version)).toEqual(['3', '5']);
  expect(await states()).toEqual(['visit:v1 received']);
});
