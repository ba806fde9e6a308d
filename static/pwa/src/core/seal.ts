// Sealing what this phone keeps: AES-GCM under a key that never leaves the browser and that signing
// out destroys. Never await any of this inside a transaction of the database: it would commit early.
import { db, ownerId, type Sealed } from './db';
import type { Json } from './json';

export type { Sealed } from './db';

const NONCE_BYTES = 12;
const opened = new Map<string, CryptoKey>();

/** The key is gone, or the value was not sealed by it. */
export class Unreadable extends Error {}

function subtle(): SubtleCrypto | undefined {
  return (globalThis.crypto as { subtle?: SubtleCrypto }).subtle;
}

/** The key of a person, made when there is none. Of two tabs that make one, the first wins. */
async function keyOf(crypto: SubtleCrypto, name: string): Promise<CryptoKey> {
  const kept = await db.keys.get(name);
  if (kept) return kept.key;
  const algorithm = { name: 'AES-GCM', length: 256 };
  const key = await crypto.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  await db.keys.add({ name, key }).catch(() => undefined);
  return (await db.keys.get(name))?.key ?? key;
}

type Locked = Extract<Sealed, { by: string }>;
type Lock = (value: Json | Blob) => Promise<Sealed>;

/** Seals many values at the cost of one look for the key. */
export async function sealer(owner: string): Promise<Lock> {
  const crypto = subtle();
  return crypto ? locker(crypto, owner, await keyOf(crypto, owner)) : keepPlain;
}

const keepPlain: Lock = (plain) => Promise.resolve({ plain });

function locker(crypto: SubtleCrypto, by: string, key: CryptoKey): Lock {
  return async (value) => {
    const iv = globalThis.crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const bytes =
      value instanceof Blob
        ? await value.arrayBuffer()
        : new TextEncoder().encode(JSON.stringify(value));
    return { by, iv, data: await crypto.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
  };
}

/** For who is signed in. Nothing makes a key again for somebody who has just signed out. */
async function sealOwn(value: Json | Blob): Promise<Sealed> {
  const crypto = subtle();
  if (!crypto) return keepPlain(value);
  const owner = await ownerId();
  const key = (await db.keys.get(owner))?.key;
  if (!key) throw new Unreadable('nobody is signed in');
  return locker(crypto, owner, key)(value);
}

export function seal(value: Json): Promise<Sealed> {
  return sealOwn(value);
}

export function sealBytes(blob: Blob): Promise<Sealed> {
  return sealOwn(blob);
}

async function decrypt(sealed: Locked, key: CryptoKey | undefined) {
  if (!key) throw new Unreadable('the key is gone');
  const algorithm = { name: 'AES-GCM', iv: sealed.iv };
  return globalThis.crypto.subtle.decrypt(algorithm, key, sealed.data);
}

/** A key is remembered; one that does not fit may be that of a life before another tab signed out. */
async function bytesOf(sealed: Locked): Promise<ArrayBuffer> {
  const { by } = sealed;
  const remembered = opened.get(by);
  if (remembered) {
    const bytes = await decrypt(sealed, remembered).catch(() => null);
    if (bytes) return bytes;
  }
  const kept = (await db.keys.get(by))?.key;
  if (kept) opened.set(by, kept);
  else opened.delete(by);
  return decrypt(sealed, kept).catch(() => {
    throw new Unreadable('sealed by another key');
  });
}

export async function unseal<T = Json>(sealed: Sealed): Promise<T> {
  if ('plain' in sealed) return sealed.plain as T;
  return JSON.parse(new TextDecoder().decode(await bytesOf(sealed))) as T;
}

export async function unsealBytes(sealed: Sealed, type = 'image/jpeg'): Promise<Blob> {
  if ('plain' in sealed) return sealed.plain as Blob;
  return new Blob([await bytesOf(sealed)], { type });
}

/** What was sealed for this person can never be read again. */
export async function destroyKey(owner?: string): Promise<void> {
  const by = owner ?? (await ownerId());
  opened.delete(by);
  await db.keys.delete(by);
}
