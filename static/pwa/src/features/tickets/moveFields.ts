// What is asked for each field of a move, in the words of the person who fills it in. One table.
import type { FieldErrors } from '@/ui/types';

export type FieldKind =
  | 'line'
  | 'text'
  | 'date'
  | 'photos'
  | 'flag'
  | 'reason'
  | 'solved'
  | 'satisfied'
  | 'category'
  | 'party'
  | 'parties'
  | 'colleague';

export interface MoveFieldDef {
  name: string;
  kind: FieldKind;
  label: string;
  hint?: string;
  max?: number;
}

const DEFS: MoveFieldDef[] = [
  { name: 'category', kind: 'category', label: '类别不对？改成' },
  { name: 'reason', kind: 'text', label: '为什么？', max: 200 },
  { name: 'where_to', kind: 'line', label: '可以去哪里办？', max: 100 },
  { name: 'lead_org_id', kind: 'party', label: '派给谁主办？' },
  { name: 'co_org_ids', kind: 'parties', label: '谁来协办？' },
  { name: 'person_id', kind: 'colleague', label: '交给谁？' },
  { name: 'reason_code', kind: 'reason', label: '等什么？' },
  { name: 'until', kind: 'date', label: '挂起到哪天？', hint: '超过 3 个工作日要社区同意。' },
  { name: 'due_on', kind: 'date', label: '最晚哪天办好？' },
  { name: 'what_was_done', kind: 'text', label: '做了什么？', max: 200 },
  { name: 'media_before', kind: 'photos', label: '修之前' },
  { name: 'media_after', kind: 'photos', label: '修好后' },
  { name: 'nothing_to_see', kind: 'flag', label: '没有可拍的公共部位' },
  { name: 'solved', kind: 'solved', label: '解决了吗？' },
  { name: 'satisfied', kind: 'satisfied', label: '满意吗？' },
  { name: 'call_back_note', kind: 'text', label: '回访时怎么说的？', max: 200 },
  { name: 'topic', kind: 'text', label: '要商量什么？', max: 200 },
  { name: 'resolution', kind: 'text', label: '商量的结果', max: 500 },
  { name: 'answer', kind: 'text', label: '答复', max: 500 },
  { name: 'note', kind: 'text', label: '还想说的', max: 200 },
];
/** Homes are private: of them no photo is asked for. */
const OF_PUBLIC_PARTS = new Set(['media_before', 'media_after', 'nothing_to_see']);
const MANY = new Set<FieldKind>(['photos', 'parties']);

export type Said = Record<string, string | string[] | boolean>;

/** The fields of a move in the order in which one thinks of them. */
export function fieldsOf(
  move: { needs: string[]; may: string[] },
  publicArea: boolean,
): MoveFieldDef[] {
  const asked = new Set([...move.needs, ...move.may]);
  return DEFS.filter(
    (def) => asked.has(def.name) && (publicArea || !OF_PUBLIC_PARTS.has(def.name)),
  );
}

export function emptySaid(fields: MoveFieldDef[]): Said {
  return Object.fromEntries(
    fields.map((def): [string, string | string[] | boolean] => {
      if (MANY.has(def.kind)) return [def.name, []];
      return [def.name, def.kind === 'flag' ? false : ''];
    }),
  );
}

function isEmpty(value: Said[string] | undefined): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) ? value.length === 0 : value !== true;
}

export function missingIn(said: Said, needs: string[]): FieldErrors {
  return Object.fromEntries(
    needs.filter((name) => isEmpty(said[name])).map((name) => [name, ['这一项要填。']]),
  );
}

/** Only what was said goes out. */
export function bodyOf(verb: string, said: Said): Record<string, unknown> {
  const filled = Object.entries(said).filter(([, value]) => !isEmpty(value));
  return { verb, ...Object.fromEntries(filled) };
}

export function photosOf(said: Said): string[] {
  return ['media_before', 'media_after'].flatMap((name) => {
    const value = said[name];
    return Array.isArray(value) ? value : [];
  });
}
