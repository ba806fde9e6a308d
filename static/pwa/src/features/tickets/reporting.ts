// From a filled report to a request in the outbox.
import { type Ref, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import { newKey } from '@/core/api';
import { useDraft } from '@/core/draft';
import { submit } from '@/core/submit';
import { emptyReport, missingIn, photosIn, reportBody } from '@/ui/report';
import { toast } from '@/ui/toast';
import type { FieldErrors, Report } from '@/ui/types';
import type { Ticket } from './types';

export interface NewTicket {
  id: string;
  place_id: string;
  community: string;
  report: Report;
}

export interface Reporting {
  form: NewTicket;
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  busy: Ref<boolean>;
  send: () => Promise<void>;
}

function requestOf(form: NewTicket) {
  return {
    object: `ticket:${form.id}`,
    label: `报事 ${form.report.text.slice(0, 20)}`,
    method: 'POST' as const,
    path: '/tickets',
    body: { id: form.id, place_id: form.place_id, ...reportBody(form.report) },
    media: photosIn(form.report),
  };
}

function missingOf(form: NewTicket): FieldErrors {
  const place: FieldErrors = form.place_id ? {} : { place_id: ['请选是哪里。'] };
  return { ...place, ...missingIn(form.report) };
}

export function useReporting(placeId: string): Reporting {
  const router = useRouter();
  const empty = { id: newKey(), place_id: placeId, community: '', report: emptyReport() };
  const { form, forget } = useDraft<NewTicket>('ticket:new', empty);
  const errors = shallowRef<FieldErrors>({});
  const refused = ref('');
  const busy = ref(false);

  watch(form, () => {
    if (Object.keys(errors.value).length > 0) errors.value = missingOf(form);
    if (Object.keys(errors.value).length === 0) refused.value = '';
  });

  async function send(): Promise<void> {
    errors.value = missingOf(form);
    refused.value = Object.keys(errors.value).length > 0 ? '还有没填好的，请看带 ▲ 的地方。' : '';
    if (refused.value) return;
    busy.value = true;
    const outcome = await submit<Ticket>(requestOf(form));
    busy.value = false;
    if (outcome.state === 'refused') {
      errors.value = outcome.errors;
      refused.value = outcome.reason;
      return;
    }
    await forget();
    if (outcome.state === 'received') {
      toast(`报上去了，单号 ${outcome.answer.number}`);
      await router.replace(`/tickets/${outcome.answer.id}`);
      return;
    }
    toast('已记在手机里，待送出');
    await router.replace('/tickets');
  }

  return { form, errors, refused, busy, send };
}
