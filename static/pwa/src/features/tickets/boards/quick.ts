// One tap makes a move. It waits a moment in which it can be taken back, then goes into the outbox.
import { onScopeDispose, reactive } from 'vue';
import { forgetDraft } from '@/core/draft';
import { plain } from '@/core/json';
import { nameIn, VERB } from '@/core/labels';
import { submit } from '@/core/submit';
import { toast } from '@/ui/toast';
import { moveDraft } from '../moveDraft';
import type { Ticket, TicketRow } from '../types';

export const UNDO_MS = 4_000;

export type Spoken = Record<string, string | string[] | boolean>;

/** How a tap fares: it can still be taken back, it is on its way, it was not taken. */
export interface Fate {
  state: 'held' | 'sending' | 'refused';
  words: string;
}

export interface Quick {
  fates: Map<string, Fate>;
  make: (ticket: TicketRow, verbs: string[], said?: Spoken) => void;
  undo: (id: string) => void;
}

interface Held {
  timer: ReturnType<typeof setTimeout>;
  go: () => Promise<void>;
}

export function photosIn(said: Spoken): string[] {
  return Object.values(said).flatMap((value) => (Array.isArray(value) ? value : []));
}

function requestOf(ticket: TicketRow, verb: string, said: Spoken, version: number) {
  const draft = moveDraft(ticket.id, verb);
  return {
    form: draft,
    redo: { page: `/tickets/${ticket.id}?move=${verb}`, draft, form: plain(said) },
    object: `ticket:${ticket.id}`,
    label: `${nameIn(VERB, verb)} ${ticket.number}`,
    method: 'POST' as const,
    path: `/tickets/${ticket.id}/moves`,
    body: { verb, ...said },
    version,
    media: photosIn(said),
  };
}

/** The moves one after the other, each on the version that the one before left. */
async function send(ticket: TicketRow, verbs: string[], said: Spoken): Promise<string> {
  let version = ticket.version;
  let waits = false;
  for (const verb of verbs) {
    const words = verb === verbs[verbs.length - 1] ? said : {};
    const outcome = await submit<Ticket>(requestOf(ticket, verb, words, version));
    if (outcome.state === 'refused') return outcome.reason;
    await forgetDraft(moveDraft(ticket.id, verb));
    waits = outcome.state !== 'received';
    version = outcome.state === 'received' ? outcome.answer.version : version + 1;
  }
  const last = nameIn(VERB, verbs[verbs.length - 1]);
  toast(waits ? '已记在手机里，待送出' : `${last}，好了`);
  return '';
}

/** `after` is called once what was tapped has been sent or refused. */
export function useQuick(after: () => Promise<void>): Quick {
  const fates = reactive(new Map<string, Fate>());
  const held = new Map<string, Held>();

  function make(ticket: TicketRow, verbs: string[], said: Spoken = {}): void {
    if (held.has(ticket.id) || fates.get(ticket.id)?.state === 'sending') return;
    const words = nameIn(VERB, verbs[verbs.length - 1]);

    async function go(): Promise<void> {
      held.delete(ticket.id);
      fates.set(ticket.id, { state: 'sending', words });
      const refused = await send(ticket, verbs, said);
      await after();
      if (refused) fates.set(ticket.id, { state: 'refused', words: refused });
      else fates.delete(ticket.id);
    }

    fates.set(ticket.id, { state: 'held', words });
    held.set(ticket.id, { timer: setTimeout(() => void go(), UNDO_MS), go });
  }

  function undo(id: string): void {
    clearTimeout(held.get(id)?.timer);
    held.delete(id);
    fates.delete(id);
  }

  /** Whoever goes on to something else has meant it. */
  function flush(): void {
    for (const { timer, go } of [...held.values()]) {
      clearTimeout(timer);
      void go();
    }
  }

  const whenHidden = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', whenHidden);
  window.addEventListener('pagehide', flush);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', whenHidden);
    window.removeEventListener('pagehide', flush);
    flush();
  });
  return { fates, make, undo };
}
