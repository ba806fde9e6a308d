// A report on its way, with the server played by a list of answers.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/core/problem';
import { emptyDraft, type Draft } from './draft';
import { deliver } from './sending';

interface Played {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

const DOOR = { form: 'form2' };
const RECEIVED = { number: '2611-0007', joined: false };
const PHOTO = { hash: 'a'.repeat(64), data: 'data:image/jpeg;base64,/9j/' };

/** Each answer is a status with a body, or null for no network. */
function play(...answers: ([number, object] | null)[]): Played[] {
  const seen: Played[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const { method = 'GET', headers, body } = init;
    const words = typeof body === 'string' ? body : '';
    seen.push({ method, path, headers: headers as Record<string, string>, body: words });
    const answer = answers.shift();
    if (!answer) return Promise.reject(new TypeError('no network'));
    const [status, said] = answer;
    const wait = 'retry_after' in said ? { 'Retry-After': String(said.retry_after) } : {};
    return Promise.resolve(new Response(JSON.stringify(said), { status, headers: wait }));
  });
  return seen;
}

function way(draft: Draft, waited: number[] = []): Parameters<typeof deliver>[0] {
  const wait = (seconds: number): Promise<void> => {
    waited.push(seconds);
    return Promise.resolve();
  };
  return { door: 'door', draft, keep: () => undefined, wait };
}

const refusal = (status: number, code: string, more: object = {}): [number, object] => [
  status,
  { status, code, title: '不行', ...more },
];

afterEach(() => vi.unstubAllGlobals());

describe('a report on its way', () => {
  it('sends its photos first, each once, and then the words', async () => {
    const draft = { ...emptyDraft(), form: 'form1', text: '灯坏了', photos: [PHOTO] };
    const seen = play([201, {}], null);
    await expect(deliver(way(draft))).rejects.toMatchObject({ status: 0 });
    expect(draft.doubtful).toBe(true);
    const again = play([201, RECEIVED]);
    expect(await deliver(way(draft))).toEqual(RECEIVED);
    expect(seen.map((one) => one.method)).toEqual(['PUT', 'POST']);
    expect(again.map((one) => one.method)).toEqual(['POST']);
    expect(again[0]?.headers['Idempotency-Key']).toBe(seen[1]?.headers['Idempotency-Key']);
    expect(again[0]?.body).toBe(seen[1]?.body);
  });

  it('asks its link when the form is over and no answer had come, and is not sent twice', async () => {
    const draft = { ...emptyDraft(), form: 'form1', doubtful: true };
    const seen = play(refusal(403, 'door_form_expired'), [
      200,
      { number: '2611-0007', reporter: true },
    ]);
    expect(await deliver(way(draft))).toEqual(RECEIVED);
    expect(seen[1]?.path).toBe(`/api/v1/follow/${draft.secret}`);
  });

  it('goes under a new form when it had not arrived', async () => {
    const draft = {
      ...emptyDraft(),
      form: 'form1',
      doubtful: true,
      photos: [PHOTO],
      arrived: [PHOTO.hash],
    };
    const seen = play(
      refusal(403, 'door_form_expired'),
      refusal(404, 'not_found'),
      [200, DOOR],
      [201, {}],
      [201, RECEIVED],
    );
    expect(await deliver(way(draft))).toEqual(RECEIVED);
    expect(seen.map((one) => one.method)).toEqual(['POST', 'GET', 'GET', 'PUT', 'POST']);
    expect(seen[4]?.headers['X-Door-Form']).toBe('form2');
  });

  it('waits as long as it is told when it was too fast', async () => {
    const waited: number[] = [];
    play(refusal(429, 'door_form_too_fast', { retry_after: 3 }), [201, RECEIVED]);
    expect(await deliver(way(emptyDraft(), waited))).toEqual(RECEIVED);
    expect(waited).toEqual([3]);
  });

  it('shows what is wrong and keeps nothing in doubt', async () => {
    const draft = emptyDraft();
    play(refusal(422, 'invalid', { errors: { text: ['请写一句。'] } }));
    await expect(deliver(way(draft))).rejects.toBeInstanceOf(Problem);
    expect(draft.doubtful).toBe(false);
  });

  it('does not hammer a busy door', async () => {
    const seen = play(refusal(429, 'door_busy'), [201, RECEIVED]);
    await expect(deliver(way(emptyDraft()))).rejects.toMatchObject({ code: 'door_busy' });
    expect(seen).toHaveLength(1);
  });

  it('makes a secret of 256 bits in letters of an address, and keys that are all different', () => {
    const drafts = Array.from({ length: 50 }, emptyDraft);
    expect(drafts.every((one) => /^[\w-]{43}$/.test(one.secret))).toBe(true);
    expect(drafts.every((one) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(one.key))).toBe(
      true,
    );
    expect(new Set(drafts.flatMap((one) => [one.secret, one.key])).size).toBe(100);
  });
});
