// What is sealed in an entry of the outbox: opened for a screen, sealed again with what came of it.
import type { EntryContent, OpenEntry, OutboxEntry } from './db';
import { plain } from './json';
import { sealer, type Sealed, unseal } from './seal';

export async function openEntry(entry: OutboxEntry): Promise<OpenEntry> {
  return { ...entry, ...(await unseal<EntryContent>(entry.sealed)) };
}

export async function sealContent(personId: string, content: EntryContent): Promise<Sealed> {
  return (await sealer(personId))(plain(content));
}

/** The content of an entry with something changed, sealed for its owner. */
export async function resealed(entry: OutboxEntry, change: Partial<EntryContent>): Promise<Sealed> {
  const content = await unseal<EntryContent>(entry.sealed);
  return sealContent(entry.person_id, { ...content, ...change });
}

const CLOSED: EntryContent = {
  label: '打不开的一条',
  body: null,
  answer: null,
  reason: null,
  redo: null,
};

function nonceOf({ sealed }: OutboxEntry): string {
  return 'iv' in sealed ? sealed.iv.join() : '';
}

/** Opens a list for a screen again and again: what has not changed meanwhile is not opened anew. */
export function opener(): (entries: OutboxEntry[]) => Promise<OpenEntry[]> {
  let known = new Map<string, EntryContent>();

  return async (entries) => {
    const seen = new Map<string, EntryContent>();
    const open = entries.map(async (entry) => {
      const id = `${entry.key} ${nonceOf(entry)}`;
      const before = nonceOf(entry) ? known.get(id) : undefined;
      const content =
        before ?? (await unseal<EntryContent>(entry.sealed).catch(() => ({ ...CLOSED })));
      seen.set(id, content);
      return { ...entry, ...content };
    });
    const all = await Promise.all(open);
    known = seen;
    return all;
  };
}
