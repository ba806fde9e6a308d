// From a filled record to a request in the outbox, with what the page shows meanwhile.
import { computed, type Ref, ref } from 'vue';
import { useRouter } from 'vue-router';
import { newKey, type Page } from '@/core/api';
import { SELDOM_MS, useCached } from '@/core/cached';
import { dateOf } from '@/core/clock';
import { useDraft } from '@/core/draft';
import { plain } from '@/core/json';
import { type Outcome, submit } from '@/core/submit';
import { toast } from '@/ui/toast';
import type { Category, FieldErrors } from '@/ui/types';
import { useWrongs } from '@/ui/wrongs';
import { followsOf } from './following';
import {
  createdBy,
  emptyForm,
  flatErrors,
  methodFor,
  missing,
  photosOf,
  recordBody,
  type RecordForm,
} from './record';
import type { Door, Named, Recorded } from './types';

/** What is recorded: a visit that was planned, or one that just happened. */
export interface Subject {
  visitId: string;
  version: number | null;
  door: Door;
  company: Named[];
  /** Which try this is, and how it should be made. */
  attempt: number;
  hint: string | null;
}

export interface Recording {
  form: RecordForm;
  categories: Ref<Category[]>;
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  busy: Ref<boolean>;
  /** Saved, and somebody should be seen at this door today: the person reads what to do. */
  worried: Ref<boolean>;
  save: () => Promise<void>;
}

function draftOf(subject: Subject): string {
  return `visit:${subject.version === null ? subject.door.id : subject.visitId}`;
}

function pageOf(subject: Subject): string {
  return subject.version === null
    ? `/visits/new?household=${subject.door.id}`
    : `/visits/${subject.visitId}?redo=1`;
}

function requestOf(subject: Subject, form: RecordForm) {
  const body = recordBody(form);
  const planned = subject.version !== null;
  return {
    object: `visit:${form.visit_id}`,
    creates: createdBy(form, planned),
    form: formOf(form),
    redo: { page: pageOf(subject), draft: draftOf(subject), form: plain(form) },
    label: `走访 ${subject.door.place_text}`,
    method: planned ? ('PUT' as const) : ('POST' as const),
    path: planned ? `/visits/${form.visit_id}/record` : '/visits',
    body: planned ? body : { ...body, id: form.visit_id, household_id: subject.door.id },
    version: subject.version,
    media: photosOf(form),
  };
}

function formOf(form: RecordForm): string {
  return `record:${form.visit_id}`;
}

function words(outcome: Exclude<Outcome<Recorded>, { state: 'refused' }>): string {
  if (outcome.state === 'handed') return outcome.reason;
  return outcome.state === 'received' ? thanks(outcome.answer) : '已记在手机里，待送出';
}

function thanks(answer: Recorded): string {
  if (answer.ticket) return `记好了，报事单号 ${answer.ticket.number}`;
  return answer.follow_up ? '记好了，已排下一次' : '记好了';
}

export function useRecording(subject: Subject): Recording {
  const router = useRouter();
  const categories = useCached<Page<Category>>(() => '/tickets/categories', SELDOM_MS);
  const company = subject.company.map((one) => one.id);
  const ids = { visit: subject.visitId, ticket: newKey() };
  const empty = emptyForm(dateOf(), methodFor(subject.door.wish, subject.hint), company, ids);
  const draft = useDraft(draftOf(subject), empty);
  const { form, forget } = draft;
  const wrongs = useWrongs(draft, missing, () => formOf(form), flatErrors);
  const busy = ref(false);
  const worried = ref(false);

  async function save(): Promise<void> {
    if (!wrongs.complete()) return;
    busy.value = true;
    const outcome = await submit<Recorded>(requestOf(subject, form));
    busy.value = false;
    if (outcome.state === 'refused') {
      wrongs.show(outcome.reason, outcome.errors);
      return;
    }
    const row = followsOf(form, subject.attempt, subject.door.care_level);
    await forget();
    toast(words(outcome));
    worried.value = row?.hears === 'all_today';
    if (worried.value) return;
    await router.replace('/today');
  }

  return {
    form,
    categories: computed(() => categories.data.value?.items ?? []),
    errors: wrongs.errors,
    refused: wrongs.refused,
    busy,
    worried,
    save,
  };
}
