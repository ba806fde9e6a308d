// A hand-over on its way in: its rows, which of them are chosen, and what is said of them.
import { computed, type ComputedRef, ref, shallowRef, type Ref, watch } from 'vue';
import { api, query, type Page } from '@/core/api';
import { asProblem, type Problem } from '@/core/problem';
import type { HandOver, HandOverRow, RowState } from './types';

export const PATH = '/tickets/imports';
const AT_ONCE = 200;

export const ROW_STATE: Record<RowState, string> = {
  accepted: '已接收',
  ready: '能导入',
  refused: '有问题',
  doubled: '重复',
  left: '没导入',
};

/** What is to be looked at first: what is wrong, then what would come in. */
export function firstState(counts: HandOver['counts']): RowState {
  const order: RowState[] = ['refused', 'ready', 'doubled', 'accepted', 'left'];
  return order.find((state) => counts[state] > 0) ?? 'ready';
}

/** 「能导入 12 条、有问题 2 条」; what there is none of is not said. */
export function sayCounts(counts: HandOver['counts']): string {
  const parts = (Object.keys(ROW_STATE) as RowState[])
    .filter((state) => counts[state] > 0)
    .map((state) => `${ROW_STATE[state]} ${counts[state]} 条`);
  return parts.join('、') || '一条都没有';
}

/** The required fields that nobody has pointed at yet, by name. */
export function missingColumns(handOver: HandOver): string[] {
  return handOver.columns
    .filter((one) => one.required && one.column === null)
    .map((one) => one.name);
}

/** The columns as they are sent: each field with its place, or none. */
export function mappingOf(chosen: Record<string, string>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(chosen).map(([key, place]) => [key, place === '' ? null : Number(place)]),
  );
}

/** The name of a column for a list to choose from: 「诉求内容」, or 「第 3 列」 without a heading. */
export function columnName(heading: string, place: number): string {
  return heading || `第 ${place + 1} 列`;
}

/** What is wrong with or doubtful about a row, in the order of its cells. */
export function remarks(said: Record<string, string>, columns: HandOver['columns']): string[] {
  const names = Object.fromEntries(columns.map((one) => [one.key, one.name]));
  return Object.entries(said).map(([key, words]) =>
    names[key] ? `${names[key]}：${words}` : words,
  );
}

async function allRows(id: string): Promise<HandOverRow[]> {
  const rows: HandOverRow[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page<HandOverRow> = await api.get<Page<HandOverRow>>(
      `${PATH}/${id}/rows${query({ limit: AT_ONCE, cursor })}`,
    );
    rows.push(...page.items);
    cursor = page.next_cursor;
  }
  return rows;
}

export interface Rows {
  rows: Ref<HandOverRow[] | null>;
  error: Ref<Problem | null>;
  load: () => Promise<void>;
  put: (row: HandOverRow) => void;
  /** The rows that come in: those that can, but for the ones taken out. */
  chosen: ComputedRef<number[]>;
  toggle: (row: HandOverRow) => void;
  isChosen: (row: HandOverRow) => boolean;
}

export function useRows(id: () => string): Rows {
  const rows = shallowRef<HandOverRow[] | null>(null);
  const error = ref<Problem | null>(null);
  const out = ref(new Set<number>());
  const isChosen = (row: HandOverRow): boolean => row.state === 'ready' && !out.value.has(row.row);
  const chosen = computed(() => (rows.value ?? []).filter(isChosen).map((row) => row.row));

  async function load(): Promise<void> {
    try {
      rows.value = await allRows(id());
      error.value = null;
    } catch (problem) {
      error.value = asProblem(problem);
    }
  }

  function put(row: HandOverRow): void {
    rows.value = (rows.value ?? []).map((one) => (one.row === row.row ? row : one));
  }

  function toggle(row: HandOverRow): void {
    const next = new Set(out.value);
    if (!next.delete(row.row)) next.add(row.row);
    out.value = next;
  }

  watch(id, () => void load(), { immediate: true });
  return { rows, error, load, put, chosen, toggle, isChosen };
}
