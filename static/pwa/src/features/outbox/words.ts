// What a person wrote in a request, without its codes: to be copied and sent by other means. Pure.
import { isRecord } from '@/core/json';
import { METHOD, NEED, nameIn, OUTCOME } from '@/core/labels';

const WRITTEN = new Set(['text', 'note', 'reason', 'spot', 'agreed_by', 'what_was_done', 'answer']);
const NAMED: Record<string, Record<string, string>> = {
  outcome: OUTCOME,
  method: METHOD,
  needs: NEED,
};

function wordsOf(field: string, value: unknown): string[] {
  if (isRecord(value)) return wordsIn(value);
  const table = NAMED[field];
  const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  if (table) return values.map((one) => nameIn(table, one));
  return WRITTEN.has(field) ? values : [];
}

export function wordsIn(body: unknown): string[] {
  if (!isRecord(body)) return [];
  return Object.entries(body).flatMap(([field, value]) => wordsOf(field, value));
}
