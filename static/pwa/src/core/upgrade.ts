// From the phone's first, plain tables to the sealed ones: nothing that waits or was begun is lost.
// A transaction of the database cannot wait for cryptography, so values move as they are, marked
// plain; `reseal` locks them at the next start.
import type { Transaction } from 'dexie';
import { hashesIn, isRecord, type Json } from './json';

interface OldDraft {
  id: string;
  value: Json;
  at: number;
}

type Fields = Record<string, unknown>;

function lift(row: Fields, names: string[]): Fields {
  const lifted: Fields = {};
  for (const name of names) {
    lifted[name] = row[name] ?? null;
    Reflect.deleteProperty(row, name);
  }
  return lifted;
}

async function ownerOf(tx: Transaction): Promise<string> {
  const session = (await tx.table<{ value: unknown }>('settings').get('session'))?.value;
  const person = isRecord(session) ? session.person : null;
  return isRecord(person) ? String(person.id) : '';
}

export async function toSealedTables(tx: Transaction): Promise<void> {
  const owner = await ownerOf(tx);
  await tx
    .table<Fields>('outbox')
    .toCollection()
    .modify((row) => {
      const content = lift(row, ['label', 'body', 'answer', 'reason']);
      Object.assign(row, { creates: [], form: null, receipt: null, received_at: null });
      row.sealed = { plain: { ...content, redo: null } };
    });
  await tx
    .table<Fields>('photos')
    .toCollection()
    .modify((row) => {
      row.sealed = { plain: lift(row, ['blob']).blob };
      row.person_id = owner;
    });
  await tx
    .table<Fields>('cache')
    .toCollection()
    .modify((row) => {
      row.sealed = { plain: lift(row, ['body']).body };
    });
  await moveDrafts(tx, owner);
  if (owner) await moveSession(tx, owner);
}

async function moveDrafts(tx: Transaction, owner: string): Promise<void> {
  const drafts = await tx.table<OldDraft>('drafts').toArray();
  await tx.table('drafts').clear();
  await tx.table('drafts').bulkAdd(
    drafts.map(({ id, value, at }) => ({
      id: `${owner}|${id}`,
      person_id: owner,
      at,
      hashes: hashesIn(value),
      sealed: { plain: value },
    })),
  );
}

async function moveSession(tx: Transaction, owner: string): Promise<void> {
  await tx
    .table<Fields>('settings')
    .where('name')
    .equals('session')
    .modify((row) => {
      row.value = { plain: row.value };
    });
  await tx.table('settings').put({ name: 'person', value: owner });
}
