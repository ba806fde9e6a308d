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
