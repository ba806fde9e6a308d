// What a person wrote in a request, in words: to be copied, shared, and to name a field. Pure.
import { isRecord } from '@/core/json';
import {
  METHOD,
  NEED,
  NEXT_STEP,
  nameIn,
  OUTCOME,
  SATISFIED,
  SOLVED,
  SUSPEND_REASON,
} from '@/core/labels';

const FIELDS: Record<string, string> = {
  on: '日期',
  outcome: '结果',
  method: '怎么见的',
  needs: '记下的需要',
  note: '备注',
  next_step: '接下来',
  reschedule_to: '改约',
  with_ids: '同行的人',
  ticket: '顺手报的事',
  category: '类别',
  text: '什么事',
  spot: '位置',
  agreed_by: '谁同意的',
  public_area: '是谁的事',
  place_id: '哪里',
  media: '照片',
  reason: '原因',
  where_to: '可以去哪里办',
  what_was_done: '做了什么',
  nothing_to_see: '没有可拍的公共部位',
  solved: '解决了吗',
  satisfied: '满意吗',
  call_back_note: '回访时怎么说',
  topic: '要商量什么',
  resolution: '商量的结果',
  answer: '答复',
  until: '挂起到',
  due_on: '最晚办好',
  reason_code: '等什么',
  lead_org_id: '主办',
  co_org_ids: '协办',
  media_before: '修之前的照片',
  media_after: '修好后的照片',
  date: '日期',
  from: '从',
  to: '到',
};

/** Fields that say something to a person; ids, versions and clocks do not. */
const WRITTEN = new Set([
  ...['on', 'note', 'text', 'spot', 'agreed_by', 'reason', 'where_to', 'what_was_done'],
  ...['call_back_note', 'topic', 'resolution', 'until', 'due_on', 'date', 'from', 'to'],
]);
const ANSWERS = { accept: '答应', decline: '婉拒', move: '改天' };
const NAMED: Record<string, Record<string, string>> = {
  outcome: OUTCOME,
  method: METHOD,
  needs: NEED,
  next_step: NEXT_STEP,
  solved: SOLVED,
  satisfied: SATISFIED,
  reason_code: SUSPEND_REASON,
  answer: ANSWERS,
};

/** The name of a field as it stands in the form; `ticket.text` is the text of the ticket. */
export function fieldName(field: string): string {
  const last = field.split('.').at(-1) ?? field;
  return FIELDS[last] ?? '填的内容';
}

function textsOf(field: string, value: unknown): string[] {
  const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  const table = NAMED[field];
  if (table) return values.map((one) => nameIn(table, one));
  return WRITTEN.has(field) ? values : [];
}

function linesOf(field: string, value: unknown): string[] {
  if (isRecord(value)) return wordsIn(value);
  const texts = textsOf(field, value).filter((one) => one !== '');
  return texts.length > 0 ? [`${fieldName(field)}：${texts.join('、')}`] : [];
}

/** One line for each thing that was said. */
export function wordsIn(body: unknown): string[] {
  if (!isRecord(body)) return [];
  return Object.entries(body).flatMap(([field, value]) => linesOf(field, value));
}
