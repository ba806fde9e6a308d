// Making a move: the form of its fields, and the request that carries what was said.
import { computed, type ComputedRef, type Ref, ref, shallowRef, watch } from 'vue';
import { api, type Page } from '@/core/api';
import { SELDOM_MS, useCached } from '@/core/cached';
import { useDraft } from '@/core/draft';
import { plain } from '@/core/json';
import { submit } from '@/core/submit';
import { asProblem } from '@/core/problem';
import { toast } from '@/ui/toast';
import type { Category, FieldErrors, Option } from '@/ui/types';
import {
  bodyOf,
  emptySaid,
  fieldsOf,
  missingIn,
  type MoveFieldDef,
  photosOf,
  type Said,
} from './moveFields';
import { moveDraft } from './moveDraft';
import { filledIn, hintOf, sentAtOnce, toOption } from './advice';
import type { Colleague, DispatchChoices, OpenMove, Ticket } from './types';

export interface Moving {
  fields: MoveFieldDef[];
  said: Said;
  parties: Ref<Option[]>;
  /** Colleagues to hand it on to; null until they are known. */
  colleagues: Ref<Option[] | null>;
  /** What a rule says of whom it should go to. */
  hint: Ref<string>;
  categories: ComputedRef<Category[]>;
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  /** The ticket has changed since it was shown: the move did not count. */
  overtaken: Ref<boolean>;
  busy: Ref<boolean>;
  /** The ticket after the move; undefined when it waits on this phone; null when refused. */
  go: () => Promise<Ticket | undefined | null>;
}

/** Another version stands, or the state has left the move behind. */
const OVERTAKEN = ['stale', 'ticket_wrong_state'];

/** Whom a ticket may be given to; the rule's lead, or else the usual one, is filled in. Who accepts
 * reads beforehand where a rule will send it. */
function useParties(
  ticket: Ticket,
  move: OpenMove,
  fields: MoveFieldDef[],
  said: Said,
  refused: Ref<string>,
) {
  const parties = ref<Option[]>([]);
  const hint = ref('');
  const accepts = move.verb === 'accept';
  const asked = fields.some((def) => def.kind === 'party' || def.kind === 'parties');
  if (!asked && !accepts) return { parties, hint };
  api
    .get<DispatchChoices>(`/tickets/${ticket.id}/dispatch-options`)
    .then(({ items, advice }) => {
      parties.value = items.map(toOption);
      hint.value = accepts ? sentAtOnce(items, advice) : hintOf(advice);
      if (accepts) return;
      if (said.lead_org_id !== '') return;
      Object.assign(said, filledIn(items, advice, 'co_org_ids' in said));
    })
    .catch((error: unknown) => {
      if (asked) refused.value = asProblem(error).sentence;
    });
  return { parties, hint };
}

/** Who of the lead may see to it; whoever has it already is no choice. */
function useColleagues(ticket: Ticket, fields: MoveFieldDef[], refused: Ref<string>) {
  const colleagues = ref<Option[] | null>(null);
  if (fields.some((def) => def.kind === 'colleague'))
    api
      .get<{ items: Colleague[] }>(`/tickets/${ticket.id}/colleagues`)
      .then(({ items }) => {
        colleagues.value = items
          .filter((one) => !one.has_it)
          .map((one) => ({ value: one.id, label: one.on_duty ? `${one.name}（值班）` : one.name }));
      })
      .catch((error: unknown) => (refused.value = asProblem(error).sentence));
  return colleagues;
}

function requestOf(ticket: Ticket, move: OpenMove, said: Said) {
  const draft = moveDraft(ticket.id, move.verb);
  return {
    form: draft,
    redo: { page: `/tickets/${ticket.id}?move=${move.verb}`, draft, form: plain(said) },
    object: `ticket:${ticket.id}`,
    label: `${move.name} ${ticket.number}`,
    method: 'POST' as const,
    path: `/tickets/${ticket.id}/moves`,
    body: bodyOf(move.verb, said),
    version: ticket.version,
    media: photosOf(said),
  };
}

function useCategories(fields: MoveFieldDef[]): ComputedRef<Category[]> {
  const wanted = fields.some((def) => def.kind === 'category');
  const { data } = useCached<Page<Category>>(
    () => (wanted ? '/tickets/categories' : null),
    SELDOM_MS,
  );
  return computed(() => data.value?.items ?? []);
}

/** What was wrong is not shown beside what has been mended since. */
function forgetErrorsOnChange(said: Said, errors: Ref<FieldErrors>): void {
  watch(said, () => {
    if (Object.keys(errors.value).length > 0) errors.value = {};
  });
}

export function useMoving(ticket: Ticket, move: OpenMove): Moving {
  const fields = fieldsOf(move, ticket.public_area);
  const { form: said, forget } = useDraft(moveDraft(ticket.id, move.verb), emptySaid(fields));
  const errors = shallowRef<FieldErrors>({});
  const refused = ref('');
  const overtaken = ref(false);
  const busy = ref(false);

  async function go(): Promise<Ticket | undefined | null> {
    errors.value = missingIn(said, move.needs);
    refused.value = '';
    if (Object.keys(errors.value).length > 0) return null;
    busy.value = true;
    const outcome = await submit<Ticket>(requestOf(ticket, move, said));
    busy.value = false;
    if (outcome.state === 'refused') {
      errors.value = outcome.errors;
      refused.value = outcome.reason;
      overtaken.value = OVERTAKEN.includes(outcome.code);
      return null;
    }
    await forget();
    toast(outcome.state === 'received' ? `${move.name}，好了` : '已记在手机里，待送出');
    return outcome.state === 'received' ? outcome.answer : undefined;
  }

  forgetErrorsOnChange(said, errors);
  return {
    fields,
    said,
    ...useParties(ticket, move, fields, said, refused),
    colleagues: useColleagues(ticket, fields, refused),
    categories: useCategories(fields),
    errors,
    refused,
    overtaken,
    busy,
    go,
  };
}
