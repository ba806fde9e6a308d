// Requests of the residents' page. Who asks is in the address (a code, a link) and in the form.
import { offlineProblem, problemOf } from '@/core/problem';

const TIME_OUT_MS = 30_000;

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  form?: string;
  key?: string;
  version?: number;
  body?: unknown;
  photo?: Blob;
}

function headersOf(ask: Ask): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (ask.form) headers['X-Door-Form'] = ask.form;
  if (ask.key) headers['Idempotency-Key'] = ask.key;
  if (ask.version !== undefined) headers['If-Match'] = String(ask.version);
  if (ask.body !== undefined) headers['Content-Type'] = 'application/json';
  return headers;
}

/** The answer; a Problem when it is a refusal, or when none came. */
export async function ask<T>(path: string, what: Ask = {}): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIME_OUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: what.method ?? 'GET',
      headers: headersOf(what),
      body: what.photo ?? (what.body === undefined ? null : JSON.stringify(what.body)),
      credentials: 'omit',
      cache: 'no-store',
      signal: stop.signal,
    });
    text = await response.text();
  } catch {
    throw offlineProblem();
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await problemOf(new Response(text, response));
  return JSON.parse(text) as T;
}

const HEX = 16;

/** A fresh name for one act: sent again with it, it happens once. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(HEX).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** The secret of a link: 256 bits that only this phone knows until it is shared. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const letters = btoa(String.fromCharCode(...bytes));
  return letters.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
