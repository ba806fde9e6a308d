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
  await settle(entry, end, { answer, reason: null });
  if (isStray(entry)) await tellOriginal(entry, { receipt, received_at });
  // What it shows meanwhile is not worth sending the entry again.
  else await keepAnswer(entry.object, answer).catch(() => undefined);
}

export async function refused(entry: OutboxEntry, problem: Problem): Promise<EntryState> {
  if (goesToLeader(entry, problem.code)) return handOver(entry, problem);
  const end = { state: 'refused' as const, code: problem.code, receipt: null, received_at: null };
  const content = { answer: plain(refusalIn(problem)), reason: reasonIn(problem) };
  if (isStray(entry)) {
    await tellOriginal(entry, end, content);
    await db.outbox.delete(seqOf(entry));
  } else await settle(entry, end, content);
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

/** What became of a handed record is shown with the record. */
async function tellOriginal(
  stray: OutboxEntry,
  end: Partial<OutboxEntry>,
  content: Partial<EntryContent> = {},
): Promise<void> {
  const original = await db.outbox.where('key').equals(originalOf(stray)).first();
  if (original) await settle(original, end, content);
}

async function settle(
  entry: OutboxEntry,
  change: Partial<OutboxEntry>,
  content: Partial<EntryContent>,
): Promise<void> {
  const sealed = await resealed(entry, content);
  const end = { ...change, sealed, settled_at: Date.now() };
  await roomy(() => db.outbox.update(seqOf(entry), end));
}
