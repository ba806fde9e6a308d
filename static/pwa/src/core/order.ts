// What must wait for what, among the entries of one person on this phone. Pure.
import type { OutboxEntry } from './db';

type Ordered = Pick<OutboxEntry, 'object' | 'creates' | 'state'>;

const ON_ITS_WAY = new Set(['waiting', 'sending']);
const UNSETTLED = new Set(['waiting', 'sending', 'refused']);

/**
 * The earlier entry that this one waits for: one about the same thing goes first, and what opens
 * the thing must have been taken. A refused one holds up only what it would have opened.
 */
export function holderOf<T extends Ordered>(entry: Ordered, earlier: readonly T[]): T | null {
  const holds = (one: T): boolean =>
    (one.object === entry.object && ON_ITS_WAY.has(one.state)) ||
    (one.creates.includes(entry.object) && UNSETTLED.has(one.state));
  return earlier.find(holds) ?? null;
}

export function isPhoto(entry: Pick<OutboxEntry, 'object'>): boolean {
  return entry.object.startsWith('media:');
}

/** A record that went to the leader travels as an entry of its own, shown as part of the record. */
export function isStray(entry: Pick<OutboxEntry, 'object'>): boolean {
  return entry.object.startsWith('stray:');
}

export function photoObject(hash: string): string {
  return `media:${hash}`;
}

export function strayObject(key: string): string {
  return `stray:${key}`;
}

/** The key of the record that a stray carries. */
export function originalOf(stray: Pick<OutboxEntry, 'object'>): string {
  return stray.object.slice(strayObject('').length);
}

export function hashOf(photo: Pick<OutboxEntry, 'object'>): string {
  return photo.object.slice(photoObject('').length);
}

export function seqOf(entry: Pick<OutboxEntry, 'seq'>): number {
  return entry.seq ?? 0;
}

/** Still to be delivered; what is only offered again has a receipt already. */
export function isUnsent(entry: Pick<OutboxEntry, 'state' | 'receipt'>): boolean {
  return ON_ITS_WAY.has(entry.state) && entry.receipt === null;
}
