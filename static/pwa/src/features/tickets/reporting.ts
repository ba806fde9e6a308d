// From a filled report to a request in the outbox.
import { type Ref, ref } from 'vue';
import { useRouter } from 'vue-router';
import { newKey } from '@/core/api';
import { useDraft } from '@/core/draft';
import { plain } from '@/core/json';
import { submit } from '@/core/submit';
import { emptyReport, missingIn, photosIn, reportBody } from '@/ui/report';
import { toast } from '@/ui/toast';
import type { FieldErrors, Report } from '@/ui/types';
import { useWrongs } from '@/ui/wrongs';
import type { Ticket } from './types';

export interface NewTicket {
  id: string;
  place_id: string;
  community: string;
  report: Report;
  /** Seen at a point of a patrol: these are their ids. */
  found: { patrol: string; point: string } | null;
}

/** What the address of the page says already: where it is, whose matter, seen on which patrol. */
export interface From {
  place: string;
  spot: string;
  whose: string;
  patrol: string;
  point: string;
}

export interface Reporting {
  form: NewTicket;
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  busy: Ref<boolean>;
  send: () => Promise<void>;
  /** In place of this report: a neighbour's is mine too. */
  join: (ticketId: string) => Promise<void>;
}

/** A report that was refused opens beside another one that may be half written. */
function redoOf(form: NewTicket) {
  const draft = `ticket:${form.id}`;
  return { page: `/tickets/new?draft=${draft}`, draft, form: plain(form) };
}

function formOf(form: NewTicket): string {
  return `report:${form.id}`;
}

function requestOf(form: NewTicket) {
  const { found } = form;
  const at = found ? { point_id: found.point } : {};
  return {
    object: `ticket:${form.id}`,
    creates: [`ticket:${form.id}`],
    form: formOf(form),
    redo: redoOf(form),
    label: `报事 ${form.report.text.slice(0, 20)}`,
    method: 'POST' as const,
    path: found ? `/patrols/${found.patrol}/findings` : '/tickets',
    body: { id: form.id, place_id: form.place_id, ...at, ...reportBody(form.report) },
    media: photosIn(form.report),
  };
}

/** What was written and photographed goes along; of a home no photo does. */
function joiningOf(form: NewTicket, ticketId: string) {
  const media = form.report.whose === 'public' ? photosIn(form.report) : [];
  return {
    object: `ticket:${ticketId}`,
    form: `also:${form.id}`,
    label: `也遇到了 ${form.report.text.slice(0, 20)}`,
    method: 'POST' as const,
    path: `/tickets/${ticketId}/also`,
    body: { text: form.report.text.trim(), media },
    media,
  };
}

function missingOf(form: NewTicket): FieldErrors {
  const place: FieldErrors = form.place_id ? {} : { place_id: ['请选是哪里。'] };
  return { ...place, ...missingIn(form.report) };
}

function emptyTicket(from: From): NewTicket {
  const whose = from.whose === 'public' ? from.whose : '';
  const report = { ...emptyReport(), spot: from.spot, whose } as Report;
  const found = from.patrol ? { patrol: from.patrol, point: from.point } : null;
  return { id: newKey(), place_id: from.place, community: '', report, found };
}

/** `draft` names the half-filled report that is gone on with. */
export function useReporting(from: From, draft: string): Reporting {
  const router = useRouter();
  const kept = useDraft<NewTicket>(draft, emptyTicket(from));
  const { form, forget } = kept;
  const wrongs = useWrongs(kept, missingOf, () => formOf(form));
  const busy = ref(false);

  async function send(): Promise<void> {
    if (!wrongs.complete()) return;
    busy.value = true;
    const outcome = await submit<Ticket>(requestOf(form));
    busy.value = false;
    if (outcome.state === 'refused') {
      wrongs.show(outcome.reason, outcome.errors);
      return;
    }
    // Who is on the way goes on with their patrol.
    const onward = form.found ? `/patrols/${form.found.patrol}` : null;
    await forget();
    if (outcome.state === 'received') {
      toast(`报上去了，单号 ${outcome.answer.number}`);
      await router.replace(onward ?? `/tickets/${outcome.answer.id}`);
      return;
    }
    toast('已记在手机里，待送出');
    await router.replace(onward ?? '/tickets');
  }

  async function join(ticketId: string): Promise<void> {
    busy.value = true;
    const outcome = await submit(joiningOf(form, ticketId));
    busy.value = false;
    if (outcome.state === 'refused') {
      wrongs.show(outcome.reason, outcome.errors);
      return;
    }
    await forget();
    const there = outcome.state === 'received';
    toast(there ? '加上您了，有进展会告诉您' : '已记在手机里，待送出');
    await router.replace(there ? `/followed/${ticketId}` : '/tickets');
  }

  return { form, errors: wrongs.errors, refused: wrongs.refused, busy, send, join };
}
