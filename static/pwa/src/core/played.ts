// A server played by a function, for the tests of the outbox.
import { afterEach, beforeEach, vi } from 'vitest';
import { db } from './db';
import type { Request } from './outbox';
import { keepSession } from './owner';

export interface Seen {
  method: string;
  path: string;
  key: string;
  version: string | null;
}

type Answer = (path: string, seen: Seen) => Response | Promise<Response>;

/** What the server was asked, and what it answers. */
export const server: { seen: Seen[]; answer: Answer } = {
  seen: [],
  answer: () => json(200, { ok: true }),
};

export function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}

export function noNetwork(): Promise<Response> {
  return Promise.reject(new TypeError('offline'));
}

export function request(object: string, more: Partial<Request> = {}): Request {
  const path = `/${object.replace(':', '/')}`;
  return { object, label: object, method: 'POST', path, body: { a: 1 }, ...more };
}

export function paths(): string[] {
  return server.seen.map((one) => one.path);
}

export async function states(): Promise<string[]> {
  return (await db.outbox.orderBy('seq').toArray()).map(
    (entry) => `${entry.object} ${entry.state}`,
  );
}

async function played(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const one = {
    method: init.method ?? 'GET',
    path: url.replace('/api/v1', ''),
    key: headers.get('Idempotency-Key') ?? '',
    version: headers.get('If-Match'),
  };
  server.seen.push(one);
  return await server.answer(one.path, one);
}

/** An empty phone of a signed-in person before each test. */
export function playServer(): void {
  beforeEach(async () => {
    await Promise.all([db.outbox.clear(), db.photos.clear(), db.drafts.clear()]);
    await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
    server.seen = [];
    server.answer = () => json(200, { ok: true });
    vi.stubGlobal('fetch', played);
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}
