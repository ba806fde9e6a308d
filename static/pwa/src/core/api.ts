// Requests to /api/v1: headers, keys, and refusals turned into a Problem. Knows no screen and no table.
import { isRecord, type Json } from './json';
import { offlineProblem, Problem, problemOf } from './problem';
import { noteClock } from './skew';

export const ROOT = '/api/v1';
const TIME_OUT_MS = 20_000;
const SIGNED_OUT = ['sign_in_needed', 'signed_out_from_afar'];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface CallOptions {
  body?: unknown;
  /** The version that was seen (If-Match). */
  version?: number | null;
  /** Idempotency key; made here unless the outbox brings its own. */
  key?: string;
  timeout?: number;
}

let csrfToken = '';
let tokenOf = '';
let onSignedOut: (code: string) => void = () => undefined;

/** `personId` where what is sent is this person's and must never go as somebody else's. */
export function useCsrfToken(token: string, personId = ''): void {
  csrfToken = token;
  tokenOf = personId;
}

/** The server knows nobody here any more: the time was up, or somebody ended it from afar. */
export function whenSignedOut(act: (code: string) => void): void {
  onSignedOut = act;
}

export function newKey(): string {
  return crypto.randomUUID();
}

function headersOf(method: Method, options: CallOptions): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') {
    headers.set('X-CSRF-Token', csrfToken);
    headers.set('Idempotency-Key', options.key ?? newKey());
  }
  if (options.version != null) headers.set('If-Match', String(options.version));
  if (options.body !== undefined && !isBinary(options.body)) {
    headers.set('Content-Type', 'application/json');
  } else if (options.body instanceof Blob) {
    headers.set('Content-Type', options.body.type || 'application/octet-stream');
  }
  return headers;
}

function isBinary(body: unknown): body is Blob | FormData {
  return body instanceof Blob || body instanceof FormData;
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return isBinary(body) ? body : JSON.stringify(body);
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeout ?? TIME_OUT_MS);
  const sent = Date.now();
  try {
    const response = await fetch(ROOT + path, {
      method,
      headers: headersOf(method, options),
      body: bodyOf(options.body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    noteClock(response.headers.get('Date'), sent, Date.now());
    // The whole answer must come within the time: one that hangs would hold up everything.
    const body = response.status === 204 ? null : await response.blob();
    return new Response(body, response);
  } catch {
    throw offlineProblem();
  } finally {
    clearTimeout(timer);
  }
}

/** A new sign-in in another tab changes the token; ask for it once and try again. */
async function renewCsrfToken(): Promise<boolean> {
  const response = await send('GET', '/session', {});
  const body: unknown = response.ok ? await response.json() : null;
  if (!isRecord(body) || typeof body.csrf_token !== 'string') return false;
  const person = isRecord(body.person) ? body.person.id : '';
  if (tokenOf !== '' && person !== tokenOf) return false;
  csrfToken = body.csrf_token;
  return true;
}

async function attempt(method: Method, path: string, options: CallOptions): Promise<Response> {
  const response = await send(method, path, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (SIGNED_OUT.includes(problem.code)) onSignedOut(problem.code);
  throw problem;
}

async function answered(method: Method, path: string, options: CallOptions): Promise<Response> {
  try {
    return await attempt(method, path, options);
  } catch (error) {
    const outdated = error instanceof Problem && error.code.startsWith('csrf');
    if (!outdated || !(await renewCsrfToken())) throw error;
    return attempt(method, path, options);
  }
}

/** An answer with its receipt: under which number and when the server took a write the first time. */
export interface Exchange<T> {
  body: T;
  receipt: string | null;
  receivedAt: string | null;
}

export async function exchange<T>(
  method: Method,
  path: string,
  options: CallOptions = {},
): Promise<Exchange<T>> {
  const response = await answered(method, path, { key: newKey(), ...options });
  return {
    body: response.status === 204 ? (undefined as T) : await bodyIn<T>(response),
    receipt: response.headers.get('Honglin-Receipt'),
    receivedAt: response.headers.get('Honglin-Received-At'),
  };
}

/** What does not speak our language is not our server: a hotel's sign-in page is no answer. */
async function bodyIn<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw offlineProblem();
  }
}

export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  return (await exchange<T>(method, path, options)).body;
}

/** A file that is asked for by a write, because it is logged who had it. */
export async function fileOf(path: string, body: unknown): Promise<Blob> {
  return (await answered('POST', path, { key: newKey(), body })).blob();
}

/** Direct requests, for what makes no sense without a network. Work in the field goes by the outbox. */
export const api = {
  get: <T>(path: string, options: CallOptions = {}) => call<T>('GET', path, options),
  post: <T>(path: string, body: unknown = {}, options: CallOptions = {}) =>
    call<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body: unknown, options: CallOptions = {}) =>
    call<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options: CallOptions = {}) =>
    call<T>('PATCH', path, { ...options, body }),
  delete: <T>(path: string, options: CallOptions = {}) => call<T>('DELETE', path, options),
};

/** `?a=1&b=2` without what is empty. */
export function query(
  values: Record<string, string | number | boolean | null | undefined>,
): string {
  const pairs = Object.entries(values).filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  );
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : '';
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export type { Json };
