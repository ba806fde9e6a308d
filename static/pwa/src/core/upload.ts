// One photo on its way to the server, by pieces: what a broken connection has carried stays there.
import { exchange, type Exchange, newKey } from './api';
import { asProblem, Problem } from './problem';

export const PIECE_BYTES = 64 * 1024;
const PIECE_TIMEOUT_MS = 60_000;
const MOST_CORRECTIONS = 5;

export interface Photo {
  hash: string;
  key: string;
  /** What this phone still has of it; null when it made room meanwhile. */
  blob: Blob | null;
  /** The server may have it already, whole or in part. */
  ask: boolean;
}

/** How much of a photo the server has. */
interface Arrived {
  received: number;
  complete: boolean;
}

/** It is not wanted any more: the person took it back, or somebody else signed in. */
export class Unwanted extends Error {}

export type GoOn = (received: number, total: number) => Promise<boolean>;

type Carried = Exchange<Arrived>;

/** `goOn` is asked after every piece; false ends the upload, which is taken up again later. */
export async function upload(photo: Photo, goOn: GoOn): Promise<Exchange<unknown>> {
  const there = await arrived(photo);
  if (there.complete) return { body: there, receipt: null, receivedAt: null };
  const { blob } = photo;
  if (!blob) throw new Problem(410, 'photo_gone', '手机里已经没有这张照片了。');
  if (blob.size <= PIECE_BYTES && there.received === 0) return whole(photo, blob);
  return byPieces(photo.hash, blob, there.received, goOn);
}

async function byPieces(hash: string, blob: Blob, from: number, goOn: GoOn): Promise<Carried> {
  let at = from;
  for (let corrections = 0; corrections <= MOST_CORRECTIONS;) {
    const carried = await piece(hash, blob, at);
    if (carried.body.complete) return carried;
    if (carried.body.received <= at) corrections += 1;
    at = carried.body.received;
    if (!(await goOn(at, blob.size))) throw new Unwanted();
  }
  throw new Problem(503, 'photo_stuck', '照片没传上去，过一会儿再试。');
}

async function arrived({ hash, blob, ask }: Photo): Promise<Arrived> {
  const small = blob !== null && blob.size <= PIECE_BYTES;
  if (small && !ask) return { received: 0, complete: false };
  return (await exchange<Arrived>('GET', `/media/${hash}/upload`)).body;
}

function whole({ hash, key }: Photo, blob: Blob): Promise<Exchange<unknown>> {
  return exchange('PUT', `/media/${hash}`, { body: blob, key, timeout: PIECE_TIMEOUT_MS });
}

/** The server knows better than the phone where to go on: an answer may have been lost. */
async function piece(hash: string, blob: Blob, offset: number): Promise<Carried> {
  const body = blob.slice(offset, offset + PIECE_BYTES, 'application/octet-stream');
  const path = `/media/${hash}/upload?offset=${offset}&total=${blob.size}`;
  try {
    return await exchange('PUT', path, { body, key: newKey(), timeout: PIECE_TIMEOUT_MS });
  } catch (error) {
    const problem = asProblem(error);
    const received = problem.said.received;
    if (problem.code !== 'wrong_offset' || typeof received !== 'number') throw error;
    return { body: { received, complete: false }, receipt: null, receivedAt: null };
  }
}
