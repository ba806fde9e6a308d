// A photo on its way by pieces, against a server that keeps what has arrived.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from './db';
import { drain } from './drain';
import { put } from './outbox';
import { json, paths, playServer, request, server, states } from './played';
import { sealBytes } from './seal';
import { PIECE_BYTES, Unwanted, upload } from './upload';

const HASH = 'b'.repeat(64);
const SIZE = PIECE_BYTES * 4 + 100;

let arrived = 0;
/** Called at each piece before it is kept; throws where the connection breaks. */
let onPiece: (offset: number) => void = () => undefined;

function takePiece(path: string, size: number): Response {
  const offset = Number(new URLSearchParams(path.split('?')[1]).get('offset'));
  onPiece(offset);
  if (offset !== arrived) return json(409, { code: 'wrong_offset', received: arrived });
  arrived += size;
  return json(200, { received: arrived, complete: arrived >= SIZE });
}

function play(path: string, method: string): Response {
  if (!path.startsWith('/media')) return json(200, {});
  if (method === 'GET') return json(200, { received: arrived, complete: arrived >= SIZE });
  return takePiece(path, Math.min(PIECE_BYTES, SIZE - arrived));
}

const blob = new Blob([new Uint8Array(SIZE)], { type: 'image/jpeg' });
const photo = { hash: HASH, key: 'k', blob, ask: true };
const always = (): Promise<boolean> => Promise.resolve(true);
const pieces = (): string[] => paths().filter((path) => path.includes('offset'));

playServer();

beforeEach(() => {
  arrived = 0;
  onPiece = () => undefined;
  server.answer = (path, { method }) => play(path, method);
});

afterEach(() => vi.restoreAllMocks());

describe('a photo', () => {
  it('goes by pieces, and says after each how far it is', async () => {
    const said: number[] = [];
    await upload(photo, (received, total) => {
      said.push(Math.round((100 * received) / total));
      return Promise.resolve(true);
    });
    expect(arrived).toBe(SIZE);
    expect(said).toEqual([25, 50, 75, 100]);
  });

  it('goes on where a broken connection has left it', async () => {
    onPiece = (offset) => {
      if (offset === PIECE_BYTES * 2) throw new TypeError('cut');
    };
    await expect(upload(photo, always)).rejects.toMatchObject({ status: 0 });
    onPiece = () => undefined;
    server.seen = [];
    await upload(photo, always);
    expect(pieces()).toHaveLength(3);
    expect(arrived).toBe(SIZE);
  });

  it('goes on where the server says, when an answer was lost', async () => {
    let once = true;
    server.answer = (path, { method }) => {
      const answer = play(path, method);
      if (!path.includes('offset=65536') || !once) return answer;
      once = false;
      throw new TypeError('the answer was lost');
    };
    await expect(upload(photo, always)).rejects.toMatchObject({ status: 0 });
    await upload({ ...photo, ask: true }, always);
    expect(arrived).toBe(SIZE);
  });

  it('is not sent when the server has it, even when this phone has it no more', async () => {
    arrived = SIZE;
    await upload({ ...photo, blob: null }, always);
    expect(pieces()).toEqual([]);
  });

  it('ends between two pieces when it is not wanted any more', async () => {
    await expect(upload(photo, () => Promise.resolve(false))).rejects.toThrow(Unwanted);
    expect(pieces()).toHaveLength(1);
  });

  it('gives up for now when the server takes nothing', async () => {
    server.answer = (_, { method }) =>
      method === 'GET'
        ? json(200, { received: 0, complete: false })
        : json(409, { code: 'wrong_offset', received: 0 });
    await expect(upload(photo, always)).rejects.toMatchObject({ code: 'photo_stuck' });
  });
});

describe('between two pieces', () => {
  beforeEach(async () => {
    await db.photos.put({ hash: HASH, person_id: 'me', sealed: await sealBytes(blob) });
  });

  it('words that were written meanwhile go first', async () => {
    await put(request('ticket:1', { media: [HASH] }));
    let written = false;
    server.answer = async (path, { method }) => {
      if (path.includes('offset') && !written) {
        written = true;
        await put(request('visit:1'));
      }
      return play(path, method);
    };
    expect(await drain()).toBe(0);
    expect(paths().filter((path) => !path.includes('upload?offset=0'))[1]).toBe('/visit/1');
    expect((await states()).every((one) => one.endsWith('received'))).toBe(true);
  });

  it('the list can say how much of it has arrived', async () => {
    await put(request('ticket:1', { media: [HASH] }));
    onPiece = (offset) => {
      if (offset === PIECE_BYTES * 3) throw new TypeError('cut');
    };
    await drain();
    const entry = await db.outbox.where('object').equals(`media:${HASH}`).first();
    expect(entry?.state).toBe('waiting');
    const { openEntry } = await import('./entry');
    expect(entry && (await openEntry(entry)).answer).toEqual({
      received: PIECE_BYTES * 3,
      total: SIZE,
    });
  });
});
