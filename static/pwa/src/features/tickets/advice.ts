// What a rule fills into the form of dispatching, and what it says of it. Pure.
import type { Option } from '@/ui/types';
import type { Said } from './moveFields';
import type { Advice, DispatchChoice } from './types';

export function toOption(one: DispatchChoice): Option {
  return { value: one.id, label: one.returned ? `${one.name}（退过）` : one.name };
}

export function hintOf(advice: Advice | null): string {
  if (!advice) return '';
  return advice.objection || '主办方是按派单规则填好的，不合适就改。';
}

/** What accepting brings with it where a rule decides; nothing where a person dispatches. */
export function sentAtOnce(items: DispatchChoice[], advice: Advice | null): string {
  const lead = items.find((one) => one.id === advice?.lead_org_id);
  if (!advice?.decides || !lead) return '';
  return `类别不改的话，受理以后按派单规则直接派给${lead.name}，不用再派。`;
}

/** The rule's choice; where it cannot be followed, the usual lead that has not returned it. */
export function filledIn(items: DispatchChoice[], advice: Advice | null, helped: boolean): Said {
  if (advice && !advice.objection)
    return {
      lead_org_id: advice.lead_org_id,
      ...(helped ? { co_org_ids: advice.co_org_ids } : {}),
    };
  const usual = items.find((one) => one.suggested && !one.returned);
  return usual ? { lead_org_id: usual.id } : {};
}
