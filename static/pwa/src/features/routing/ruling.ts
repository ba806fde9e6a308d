// A rule as it is being written: what may be chosen, what it would touch, and keeping it.
import { computed, type ComputedRef, reactive, type Ref, ref, shallowRef } from 'vue';
import { api, query, type Page } from '@/core/api';
import { SELDOM_MS, useCached } from '@/core/cached';
import { pathTo, type PlaceNode, useTree } from '@/core/places';
import { type Saving, useSaving } from '@/ui/saving';
import type { Category, Option } from '@/ui/types';
import { type Group, groupsOf } from './groups';
import type { Named, Rule, RuleSaid, Touches } from './types';

export interface At {
  estate: string;
  building: string;
}

const NEW: RuleSaid = { place_id: '', about: '', lead_org_id: '', co_org_ids: [], decides: false };

export function saidBy(rule: Rule): RuleSaid {
  const { place_id, about, lead, co, decides } = rule;
  return { place_id, about, decides, lead_org_id: lead.id, co_org_ids: co.map((one) => one.id) };
}

export interface Choosing {
  at: Ref<At>;
  estates: ComputedRef<PlaceNode[]>;
  groups: ComputedRef<Group[]>;
  leads: ComputedRef<Option[]>;
  helpers: ComputedRef<Option[]>;
  choose: (place: At) => void;
  fill: (rule: Rule | null) => void;
}

/** What may be chosen. Who may be named depends on the place. */
export function useChoosing(form: RuleSaid): Choosing {
  const at = ref<At>({ estate: '', building: '' });
  const { tree, estates, communityId } = useTree();
  const categories = useCached<Page<Category>>(() => '/tickets/categories', SELDOM_MS);
  const { data } = useCached<{ items: Named[] }>(() =>
    form.place_id ? '/tickets/routing/choices' + query({ place_id: form.place_id }) : null,
  );
  const leads = computed(() =>
    (data.value?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
  );

  function choose({ estate, building }: At): void {
    at.value = { estate, building };
    form.place_id = building || estate || communityId.value;
  }

  function fill(rule: Rule | null): void {
    Object.assign(form, rule ? saidBy(rule) : { ...NEW, place_id: communityId.value });
    const [estate, building] = rule ? pathTo(tree.value, rule.place_id) : [];
    at.value = { estate: estate?.id ?? '', building: building?.id ?? '' };
  }

  return {
    at,
    estates,
    groups: computed(() => groupsOf(categories.data.value?.items ?? [])),
    leads,
    helpers: computed(() => leads.value.filter((one) => one.value !== form.lead_org_id)),
    choose,
    fill,
  };
}

export interface Ruling extends Omit<Saving, 'save'> {
  form: RuleSaid;
  touches: Ref<Touches | null>;
  ready: ComputedRef<boolean>;
  begin: () => void;
  look: (rule: Rule | null) => Promise<void>;
  keep: (rule: Rule | null) => Promise<boolean>;
}

export function useRuling(): Ruling {
  const form = reactive<RuleSaid>({ ...NEW });
  const touches = shallowRef<Touches | null>(null);
  const { save, ...saving } = useSaving();
  /** Who leads does not help besides. */
  const said = (): RuleSaid => ({
    ...form,
    co_org_ids: form.co_org_ids.filter((id) => id !== form.lead_org_id),
  });

  function begin(): void {
    touches.value = null;
    saving.wrong.value = '';
    saving.errors.value = {};
  }

  async function look(rule: Rule | null): Promise<void> {
    const body = { ...said(), rule_id: rule?.id ?? null };
    await save(async () => {
      touches.value = await api.post<Touches>('/tickets/routing/preview', body);
    }, '');
  }

  async function keep(rule: Rule | null): Promise<boolean> {
    const send = (): Promise<unknown> =>
      rule
        ? api.put(`/tickets/routing/${rule.id}`, said(), { version: rule.version })
        : api.post('/tickets/routing', said());
    const kept = await save(send, '规则定了');
    if (!kept) touches.value = null;
    return kept;
  }

  const ready = computed(() => Boolean(form.about && form.lead_org_id && form.place_id));
  return { form, touches, ready, ...saving, begin, look, keep };
}
