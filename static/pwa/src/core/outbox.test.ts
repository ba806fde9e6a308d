// The outbox and its drain, against a server played by a function.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from './db';
import { drain } from './drain';
import { openEntry } from './entry';
import { put, type Request, submit, tidy, tryAgain } from './outbox';
import { keepSession } from './owner';
import { sealBytes } from './seal';

interface Seen {
  method: string;
  path: string;
  key: string;
  version: string | null;
}

let seen: Seen[] = [];
let answer: (path: string, seen: Seen) => Response | Promise<Response>;

function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}

function request(object: string, more: Partial<Request> = {}): Request {
  const path = `/${object.replace(':', '/')}`;
  return { object, label: object, method: 'POST', path, body: { a: 1 }, ...more };
}

async function states(): Promise<string[]> {
  return (await db.outbox.orderBy('seq').toArray()).map(
    (entry) => `${entry.object} ${entry.state}`,
  );
}

async function opened() {
  return Promise.all((await db.outbox.orderBy('seq').toArray()).map(openEntry));
}

beforeEach(async () => {
  await Promise.all([db.outbox.clear(), db.photos.clear(), db.drafts.clear()]);
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
  seen = [];
  answer = () => json(200, { ok: true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const one = {
      method: init.method ?? 'GET',
      path: url.replace('/api/v1', ''),
      key: headers.get('Idempotency-Key') ?? '',
      version: headers.get('If-Match'),
    };
    seen.push(one);
    return await answer(one.path, one);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a request that waits on this phone', () => {
  it('goes out with its own key and the version that was seen, and is then received', async () => {
    await put(request('visit:1', { method: 'PUT', version: 7 }));
    expect(await drain()).toBe(0);
    expect(seen).toMatchObject([{ method: 'PUT', path: '/visit/1', version: '7' }]);
    expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(await states()).toEqual(['visit:1 received']);
  });

  it('stays when there is no network, and goes later with the same key', async () => {
    answer = () => Promise.reject(new TypeError('offline'));
    await put(request('visit:1'));
    await put(request('visit:2'));
    expect(await drain()).toBe(2);
    expect(seen).toHaveLength(1); // one try tells that there is no network
    answer = () => json(201, {});
    expect(await drain()).toBe(0);
    expect(seen[1]?.key).toBe(seen[0]?.key);
  });

  it('is sent in the order in which things were done to one object', async () => {
    await put(request('ticket:1', { path: '/first' }));
    await put(request('ticket:1', { path: '/second' }));
    answer = (path) => (path === '/first' && seen.length === 1 ? json(503, {}) : json(200, {}));
    expect(await drain()).toBe(2);
    expect(seen.map((one) => one.path)).toEqual(['/first']);
    expect(await drain({ ignorePauses: true })).toBe(0);
    expect(seen.map((one) => one.path)).toEqual(['/first', '/first', '/second']);
  });

  it('does not hold up others when it is refused, and says why', async () => {
    const problem = { title: '已经记过了。', code: 'visit_already_recorded', errors: {} };
    answer = (path) => (path === '/visit/1' ? json(409, problem) : json(200, {}));
    await put(request('visit:1'));
    await put(request('visit:2'));
    expect(await drain()).toBe(0);
    expect(await states()).toEqual(['visit:1 refused', 'visit:2 received']);
    expect((await opened())[0]?.reason).toBe('已经记过了。');
  });

  it('pauses after a fault of the server, except inside the sync event', async () => {
    answer = () => json(500, {});
    await put(request('visit:1'));
    await drain();
    await drain();
    expect(seen).toHaveLength(1);
    answer = () => json(200, {});
    expect(await drain({ ignorePauses: true })).toBe(0);
  });

  it('waits for its owner when somebody else is signed in', async () => {
    await put(request('visit:1'));
    await keepSession({ person: { id: 'another' }, csrf_token: 'token' });
    await drain();
    expect(seen).toHaveLength(0);
  });

  it('is taken up again when the app was closed while it was being sent', async () => {
    const seq = await put(request('visit:1'));
    await db.outbox.update(seq, { state: 'sending' });
    expect(await drain()).toBe(0);
    expect(seen).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('send nothing twice', async () => {
    vi.resetModules();
    const other = await import('./drain');
    answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return json(200, {});
    };
    for (const number of [1, 2, 3]) await put(request(`visit:${number}`));
    await Promise.all([drain(), other.drain(), drain()]);
    expect(seen.map((one) => one.path)).toEqual(['/visit/1', '/visit/2', '/visit/3']);
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
    expect(seen.map((one) => one.path)).toEqual(['/visit/1', `/media/${photo}`, '/ticket/1']);
  });

  it('hold back what cites them until they have arrived', async () => {
    answer = (path) => (path.startsWith('/media') ? json(503, {}) : json(200, {}));
    await put(request('ticket:1', { media: [photo] }));
    expect(await drain()).toBe(2);
    expect(seen.map((one) => one.path)).toEqual([`/media/${photo}`]);
  });

  it('that are refused refuse what cites them, and both may be tried again', async () => {
    answer = (path) =>
      path.startsWith('/media') ? json(415, { title: '不是照片' }) : json(200, {});
    const seq = await put(request('ticket:1', { media: [photo] }));
    await drain();
    expect((await db.outbox.get(seq))?.code).toBe('photo_refused');
    answer = () => json(200, {});
    await tryAgain(seq);
    expect((await db.outbox.get(seq))?.state).toBe('received');
  });

  it('are kept while something cites them and forgotten a day after', async () => {
    await put(request('ticket:1', { media: [photo] }));
    await drain();
    await tidy();
    expect(await db.photos.count()).toBe(1);
    await tidy(Date.now() + 25 * 3_600_000);
    expect(await db.photos.count()).toBe(0);
    expect(await db.outbox.count()).toBe(0);
  });
});

describe('a page that submits', () => {
  it('gets the answer', async () => {
    answer = () => json(201, { id: 'x' });
    expect(await submit(request('ticket:1'))).toEqual({ state: 'received', answer: { id: 'x' } });
  });

  it('gets the refusal with its fields, and nothing is left in the list', async () => {
    answer = () =>
      json(422, { title: '没填对。', code: 'invalid', errors: { text: ['请填写。'] } });
    expect(await submit(request('ticket:1'))).toMatchObject({
      state: 'refused',
      reason: '没填对：请填写。',
      errors: { text: ['请填写。'] },
    });
    expect(await db.outbox.count()).toBe(0);
  });

  it('is told that it waits when there is no network', async () => {
    answer = () => Promise.reject(new TypeError('offline'));
    expect(await submit(request('visit:1'))).toEqual({ state: 'waiting' });
  });
});

describe('trying again', () => {
  it('uses a new key, and the version that the server told', async () => {
    answer = () => json(412, { title: '改过了', code: 'stale', current: { version: 9 } });
    const seq = await put(request('visit:1', { version: 3 }));
    await drain();
    answer = () => json(200, {});
    await tryAgain(seq);
    expect(seen.map((one) => one.version)).toEqual(['3', '9']);
    expect(seen[0]?.key).not.toBe(seen[1]?.key);
  });
});
