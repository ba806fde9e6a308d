// How an entry ends: received with its receipt, refused with the reason, or handed to the leader.
import { type Exchange, newKey } from './api';
import { db, type EntryContent, type EntryState, type OpenEntry, type OutboxEntry } from './db';
import { openEntry, resealed, sealContent } from './entry';
import { plain } from './json';
import { isStray, originalOf, seqOf } from './order';
import type { Problem } from './problem';
import { reasonIn, refusalIn } from './refusal';
import { roomy } from './room';
import { keepAnswer } from './rows';
import { goesToLeader, HANDED, strayBody, strayOf } from './strays';

export async function received(entry: OpenEntry, got: Exchange<unknown>): Promise<void> {
  const answer = plain(got.body);
  const receipt = got.receipt ?? entry.receipt;
  const received_at = got.receivedAt ?? entry.received_at;
  const end = { state: 'received' as const, code: null, receipt, received_at };
  await together(
    await settled(entry, end, { answer, reason: null }),
    ...(isStray(entry) ? await original(entry, { receipt, received_at }) : []),
  );
  // What it shows meanwhile is not worth sending the entry again.
  if (!isStray(entry)) await keepAnswer(entry.object, answer).catch(() => undefined);
}

export async function refused(entry: OutboxEntry, problem: Problem): Promise<EntryState> {
  if (goesToLeader(entry, problem.code)) return handOver(entry, problem);
  const end = { state: 'refused' as const, code: problem.code, receipt: null, received_at: null };
  const content = { answer: plain(refusalIn(problem)), reason: reasonIn(problem) };
  const fate = isStray(entry)
    ? [...(await original(entry, end, content)), () => db.outbox.delete(seqOf(entry))]
    : [await settled(entry, end, content)];
  await together(...fate);
  return 'refused';
}

/** The record stays on the phone, and what was said is on its way to the leader, in one step. */
async function handOver(entry: OutboxEntry, problem: Problem): Promise<EntryState> {
  const open = await openEntry(entry);
  const body = strayBody(entry, open, problem.code);
  const content = { label: open.label, body, answer: null, reason: null, redo: null };
  const stray = {
    ...strayOf(entry, newKey()),
    sealed: await sealContent(entry.person_id, content),
  };
  const sealed = await resealed(entry, { reason: HANDED });
  const end = { state: 'handed' as const, code: problem.code, settled_at: Date.now() };
  await roomy(() =>
    db.transaction('rw', db.outbox, async () => {
      await db.outbox.update(seqOf(entry), { ...end, receipt: null, received_at: null, sealed });
      await db.outbox.add(stray);
    }),
  );
  return 'handed';
}

type Change = () => PromiseLike<unknown>;

/** All or none: a phone that dies in between must not believe half of it. */
async function together(...changes: Change[]): Promise<void> {
  await roomy(() =>
    db.transaction('rw', db.outbox, async () => {
      for (const change of changes) await change();
    }),
  );
}

/** What became of a handed record is shown with the record. */
async function original(
  stray: OutboxEntry,
  end: Partial<OutboxEntry>,
  content: Partial<EntryContent> = {},
): Promise<Change[]> {
  const found = await db.outbox.where('key').equals(originalOf(stray)).first();
  return found ? [await settled(found, end, content)] : [];
}

/** Sealed beforehand, since a transaction does not wait for that. */
async function settled(
  entry: OutboxEntry,
  change: Partial<OutboxEntry>,
  content: Partial<EntryContent>,
): Promise<Change> {
  const sealed = await resealed(entry, content);
  const end = { ...change, sealed, settled_at: Date.now() };
  return () => db.outbox.update(seqOf(entry), end);
}
