// Where an entry stands, in words: in which group, waiting for what, refused why. Pure.
import type { OpenEntry } from '@/core/db';
import { holderOf, photoObject, seqOf } from '@/core/order';
import { type Present, refusedOf } from '@/core/refusal';
import { isRecord } from '@/core/json';
import type { Tone } from '@/ui/types';
import { fieldName } from './words';

export type Group = 'unsent' | 'refused' | 'arrived';

export interface Tag {
  tone: Tone;
  shape: string;
  words: string;
}

/** What was sent once and is only offered again counts as arrived until the server says otherwise. */
export function groupOf(entry: OpenEntry): Group {
  if (entry.state === 'refused') return 'refused';
  return entry.state === 'received' || entry.receipt !== null ? 'arrived' : 'unsent';
}

const TAGS: Record<OpenEntry['state'], Tag> = {
  waiting: { tone: 'warn', shape: '◷', words: '在手机里' },
  sending: { tone: 'info', shape: '▲', words: '正在送' },
  refused: { tone: 'over', shape: '■', words: '没收下' },
  received: { tone: 'ok', shape: '✓', words: '送到了' },
  handed: { tone: 'info', shape: '→', words: '交给负责人了' },
};

export function tagOf(entry: OpenEntry): Tag {
  if (entry.state === 'handed' && entry.receipt === null) return TAGS.waiting;
  if (entry.state === 'handed') return TAGS.handed;
  return groupOf(entry) === 'arrived' ? TAGS.received : TAGS[entry.state];
}

/** How much of the photos that an entry cites has arrived, from 0 to 100; null without photos. */
export function photosSent(entry: OpenEntry, photos: readonly OpenEntry[]): number | null {
  if (entry.media.length === 0) return null;
  const shares = entry.media.map((hash) => {
    const photo = photos.find((one) => one.object === photoObject(hash));
    return photo ? shareOf(photo) : 1;
  });
  return Math.floor((100 * shares.reduce((sum, one) => sum + one, 0)) / shares.length);
}

function shareOf(photo: OpenEntry): number {
  const sent = isRecord(photo.answer) ? photo.answer : {};
  const { received, total } = sent;
  return typeof received === 'number' && typeof total === 'number' && total > 0
    ? received / total
    : 0;
}

/** Why it is still here; empty when it is simply on its way. */
export function waitsFor(
  entry: OpenEntry,
  entries: readonly OpenEntry[],
  photos: readonly OpenEntry[],
): string {
  if (entry.state === 'handed') return '这一户已经不归您了，连上网就把记录交给负责人。';
  if (entry.state !== 'waiting') return '';
  if (entry.receipt !== null) return '服务器换过，正在重新核对。';
  const earlier = entries.filter((one) => seqOf(one) < seqOf(entry));
  return heldBy(holderOf(entry, earlier)) || photoWords(entry, photos) || pauseWords(entry);
}

function heldBy(holder: OpenEntry | null): string {
  if (!holder) return '';
  return holder.state === 'refused'
    ? `“${holder.label}”没收下，那一条改好了，这一条才能送。`
    : `等“${holder.label}”先送到。`;
}

function photoWords(entry: OpenEntry, photos: readonly OpenEntry[]): string {
  const sent = photosSent(entry, photos);
  if (sent === null || sent === 100) return '';
  const cut = photos.some((one) => isOf(entry, one) && one.code === 'no_network');
  return `${cut ? '没有信号，有网先送照片' : '先送照片'}，照片已传 ${sent}%。`;
}

function isOf(entry: OpenEntry, photo: OpenEntry): boolean {
  return entry.media.some((hash) => photo.object === photoObject(hash));
}

function pauseWords(entry: OpenEntry): string {
  if (entry.code === 'no_network') return '没有信号，有网自动送出。';
  return entry.next_try_at > Date.now() ? '服务器忙，过一会儿自动再送。' : '';
}

export interface Trouble {
  reason: string;
  /** What is wrong with which field, one line each. */
  fields: string[];
  /** The ticket as it is now, and what this person can do with it. */
  now: string;
  ticket: string | null;
  mayRepeat: boolean;
  mayChange: boolean;
}

/** Why an entry was refused, and what the person can do about it. */
export function troubleOf(entry: OpenEntry): Trouble {
  const { errors, present } = refusedOf(entry.answer);
  const fields = Object.entries(errors).flatMap(([field, said]) =>
    said.map((one) => `${fieldName(field)}：${one}`),
  );
  const possible = isPossible(entry, present);
  const mayChange = entry.redo !== null && possible;
  return {
    reason: entry.reason ?? '',
    fields,
    now: present ? nowWords(present) : '',
    ticket: /^ticket:(.+)$/.exec(entry.object)?.[1] ?? null,
    mayRepeat: possible && !(mayChange && fields.length > 0),
    mayChange,
  };
}

function isPossible(entry: OpenEntry, present: Present | undefined): boolean {
  const verb = isRecord(entry.body) ? entry.body.verb : undefined;
  return !present || typeof verb !== 'string' || present.moves.some((move) => move.verb === verb);
}

function nowWords({ name, moves }: Present): string {
  const can = moves.map((move) => move.name).join('、');
  return `这件工单现在是“${name}”。${can ? `您现在可以：${can}。` : '现在没有要您办的。'}`;
}
