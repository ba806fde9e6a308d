// From a filled record to a request in the outbox, with what the page shows meanwhile.
import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import { newKey, type Page } from '@/core/api';
import { useCached } from '@/core/cached';
import { dateOf } from '@/core/clock';
import { useDraft } from '@/core/draft';
import { submit } from '@/core/submit';
import { toast } from '@/ui/toast';
import type { Category, FieldErrors } from '@/ui/types';
import { emptyForm, flatErrors, missing, photosOf, recordBody, type RecordForm } from './record';
import type { Door, Named, Recorded } from './types';

/** What is recorded: a visit that was planned, or one that just happened. */
export interface Subject {
  visitId: string;
  version: number | null;
  door: Door;
  company: Named[];
}

export interface Recording {
  form: RecordForm;
  categories: Ref<Category[]>;
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  busy: Ref<boolean>;
  save: () => Promise<void>;
}

function requestOf(subject: Subject, form: RecordForm) {
  const body = recordBody(form);
  const planned = subject.version !== null;
  return {
    object: `visit:${subject.visitId}`,
    label: `走访 ${subject.door.place_text}`,
    method: planned ? ('PUT' as const) : ('POST' as const),
    path: planned ? `/visits/${subject.visitId}/record` : '/visits',
    body: planned ? body : { ...body, id: subject.visitId, household_id: subject.door.id },
    version: subject.version,
    media: photosOf(form),
  };
}

function thanks(answer: Recorded): string {
  if (answer.ticket) return `记好了，报事单号 ${answer.ticket.number}`;
  return answer.follow_up ? '记好了，已排下一次' : '记好了';
}

export function useRecording(subject: Subject): Recording {
  const router = useRouter();
  const categories = useCached<Page<Category>>(() => '/tickets/categories');
  const company = subject.company.map((one) => one.id);
  const { form, forget } = useDraft(
    `visit:${subject.version === null ? subject.door.id : subject.visitId}`,
    emptyForm(dateOf(), subject.door.wish, company, newKey()),
  );
  const errors = shallowRef<FieldErrors>({});
  const refused = ref('');
  const busy = ref(false);

  watch(form, () => {
    if (Object.keys(errors.value).length > 0) errors.value = missing(form);
    if (Object.keys(errors.value).length === 0) refused.value = '';
  });

  async function save(): Promise<void> {
    errors.value = missing(form);
    refused.value = Object.keys(errors.value).length > 0 ? '还有没选好的，请看带 ▲ 的地方。' : '';
    if (refused.value) return;
    busy.value = true;
    const outcome = await submit<Recorded>(requestOf(subject, form));
    busy.value = false;
    if (outcome.state === 'refused') {
      errors.value = flatErrors(outcome.errors);
      refused.value = outcome.reason;
      return;
    }
    await forget();
    toast(outcome.state === 'received' ? thanks(outcome.answer) : '已记在手机里，待送出');
    await router.replace('/today');
  }

  return {
    form,
    categories: computed(() => categories.data.value?.items ?? []),
    errors,
    refused,
    busy,
    save,
  };
}
