// The outbox and its drain: order, pauses, receipts, photos.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from './db';
import { drain } from './drain';
import { openEntry } from './entry';
import { put, tryAgain } from './outbox';
import { keepSession } from './owner';
import { json, noNetwork, paths, playServer, request, server, states } from './played';
import { sealBytes } from './seal';
import { tidy } from './tidy';

playServer();

async function opened() {
  return Promise.all((await db.outbox.orderBy('seq').toArray()).map(openEntry));
}

describe('a request that waits on this phone', () => {
  it('goes out with its own key and the version that was seen, and is then received', async () => {
    await put(request('visit:1', { method: 'PUT', version: 7 }));
    expect(await drain()).toBe(0);
    expect(server.seen).toMatchObject([{ method: 'PUT', path: '/visit/1', version: '7' }]);
    expect(server.seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(await states()).toEqual(['visit:1 received']);
  });

  it('stays when there is no network, and goes later with the same key', async () => {
    server.answer = noNetwork;
    await put(request('visit:1'));
    await put(request('visit:2'));
    expect(await drain()).toBe(2);
    expect(server.seen).toHaveLength(2); // two in a row tell that there is no network
    server.answer = () => json(201, {});
    expect(await drain()).toBe(2); // not at once
    expect(await drain({ networkIsBack: true })).toBe(0);
    expect(server.seen[2]?.key).toBe(server.seen[0]?.key);
  });

  it('does not hold up others when its own connection always breaks', async () => {
    server.answer = (path) =>
      path === '/visit/1' ? Promise.reject(new TypeError('cut')) : json(200, {});
    for (const number of [1, 2, 3]) await put(request(`visit:${number}`));
    expect(await drain({ ignorePauses: true })).toBe(1);
    expect(await states()).toEqual(['visit:1 waiting', 'visit:2 received', 'visit:3 received']);
  });

  it('keeps the number and the moment of its receipt', async () => {
    server.answer = () =>
      Response.json(
        {},
        {
          headers: {
            'Honglin-Receipt': '1124-7K3F9Q',
            'Honglin-Received-At': '2026-11-24T08:00:00Z',
          },
        },
      );
    await put(request('visit:1'));
    await drain();
    expect((await db.outbox.toArray())[0]).toMatchObject({
      receipt: '1124-7K3F9Q',
      received_at: '2026-11-24T08:00:00Z',
    });
  });

  it('waits, with everything else, when nobody is signed in at the server', async () => {
    server.answer = () => json(401, { code: 'sign_in_needed', title: '请先登录。' });
    await put(request('visit:1'));
    await put(request('visit:2'));
    expect(await drain()).toBe(2);
    expect(server.seen).toHaveLength(1);
    server.answer = () => json(200, {});
    expect(await drain()).toBe(0);
  });

  it('does not take the sign-in page of a hotel for an answer', async () => {
    server.answer = () => new Response('<html>', { status: 200 });
    await put(request('visit:1'));
    await drain();
    server.answer = () => new Response('<html>', { status: 403 });
    await drain({ ignorePauses: true });
    expect(await states()).toEqual(['visit:1 waiting']);
  });

  it('waits as long as the server asks', async () => {
    server.answer = () =>
      Response.json({ code: 'busy' }, { status: 429, headers: { 'Retry-After': '900' } });
    await put(request('visit:1'));
    await drain();
    const entry = (await db.outbox.toArray())[0];
    expect((entry?.next_try_at ?? 0) - Date.now()).toBeGreaterThan(890_000);
  });

  it('is sent in the order in which things were done to one object', async () => {
    await put(request('ticket:1', { path: '/first' }));
    await put(request('ticket:1', { path: '/second' }));
    server.answer = (path) =>
      path === '/first' && server.seen.length === 1 ? json(503, {}) : json(200, {});
    expect(await drain()).toBe(2);
    expect(paths()).toEqual(['/first']);
    expect(await drain({ ignorePauses: true })).toBe(0);
    expect(paths()).toEqual(['/first', '/first', '/second']);
  });

  it('does not hold up others when it is refused, and says why', async () => {
    const problem = { title: '已经记过了。', code: 'visit_already_recorded', errors: {} };
    server.answer = (path) => (path === '/visit/1' ? json(409, problem) : json(200, {}));
    await put(request('visit:1'));
    await put(request('visit:2'));
    expect(await drain()).toBe(0);
    expect(await states()).toEqual(['visit:1 refused', 'visit:2 received']);
    expect((await opened())[0]?.reason).toBe('已经记过了。');
  });

  it('pauses after a fault of the server, except inside the sync event', async () => {
    server.answer = () => json(500, {});
    await put(request('visit:1'));
    await drain();
    await drain();
    expect(server.seen).toHaveLength(1);
    server.answer = () => json(200, {});
    expect(await drain({ ignorePauses: true })).toBe(0);
  });

  it('waits for its owner when somebody else is signed in', async () => {
    await put(request('visit:1'));
    await keepSession({ person: { id: 'another' }, csrf_token: 'token' });
    await drain();
    expect(server.seen).toHaveLength(0);
  });

  it('is taken up again when the app was closed while it was being sent', async () => {
    const { seq } = await put(request('visit:1'));
    await db.outbox.update(seq, { state: 'sending' });
    expect(await drain()).toBe(0);
    expect(server.seen).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('send nothing twice', async () => {
    vi.resetModules();
    const other = await import('./drain');
    server.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return json(200, {});
    };
    for (const number of [1, 2, 3]) await put(request(`visit:${number}`));
    await Promise.all([drain(), other.drain(), drain()]);
    expect(paths()).toEqual(['/visit/1', '/visit/2', '/visit/3']);
  });
});

describe('photos', () => {
  const photo = 'a'.repeat(64);

  beforeEach(async () => {
    const sealed = await sealBytes(new Blob(['picture'], { type: 'image/jpeg' }));
    await db.photos.put({ hash: photo, person_id: 'me', sealed });
  });

  it('arrive before what cites them, and after what needs none', async () => {
    await put(request('ticket:1', { media: [photo] }));
    await put(request('visit:1'));
    expect(await drain()).toBe(0);
    expect(paths()).toEqual(['/visit/1', `/media/${photo}`, '/ticket/1']);
  });

  it('hold back what cites them until they have arrived', async () => {
    server.answer = (path) => (path.startsWith('/media') ? json(503, {}) : json(200, {}));
    await put(request('ticket:1', { media: [photo] }));
    expect(await drain()).toBe(2);
    expect(paths()).toEqual([`/media/${photo}`]);
  });

  it('that are refused refuse what cites them, and both may be tried again', async () => {
    server.answer = (path) =>
      path.startsWith('/media') ? json(415, { code: 'not_a_picture' }) : json(200, {});
    const { seq } = await put(request('ticket:1', { media: [photo] }));
    await drain();
    expect((await db.outbox.get(seq))?.code).toBe('photo_refused');
    server.answer = () => json(200, {});
    await tryAgain(seq);
    expect((await db.outbox.get(seq))?.state).toBe('received');
  });

  it('are kept for as long as the server may lose them, and forgotten then', async () => {
    await put(request('ticket:1', { media: [photo] }));
    await drain();
    await tidy();
    expect(await db.photos.count()).toBe(1);
    await tidy(Date.now() + 31 * 24 * 3_600_000);
    expect(await db.photos.count()).toBe(0);
    expect(await db.outbox.count()).toBe(0);
  });
});

describe('trying again', () => {
  it('uses a new key, and the version that the server told', async () => {
    server.answer = () => json(412, { title: '改过了', code: 'stale', current: { version: 9 } });
    const { seq } = await put(request('visit:1', { version: 3 }));
    await drain();
    server.answer = () => json(200, {});
    await tryAgain(seq);
    expect(server.seen.map((one) => one.version)).toEqual(['3', '9']);
    expect(server.seen[0]?.key).not.toBe(server.seen[1]?.key);
  });
});
