// Exports: how far they are, in words, and the list that looks again as long as one is under way.
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue';
import { api, type Page } from '@/core/api';
import { asProblem, type Problem } from '@/core/problem';
import type { Tone } from '@/ui/types';
import type { Export } from './types';

const LOOK_EVERY_MS = 1_000;

export const STANDING: Record<string, { tone: Tone; shape: string; words: string }> = {
  waiting: { tone: 'info', shape: '◷', words: '排队' },
  running: { tone: 'info', shape: '◔', words: '正在写' },
  done: { tone: 'ok', shape: '✓', words: '写好了' },
  failed: { tone: 'over', shape: '▲', words: '没做成' },
  cancelled: { tone: 'plain', shape: '○', words: '取消了' },
};

export function isOpen(one: Export): boolean {
  return one.state === 'waiting' || one.state === 'running';
}

/** 0 … 100, or null as long as nobody has counted. */
export function percent(one: Export): number | null {
  if (one.state === 'done') return 100;
  if (!one.total) return null;
  return Math.floor((one.done / one.total) * 100);
}

/** `12,500 / 100,000 件` while it is written, `100,000 件 · 7.6 MB` afterwards. */
export function sayExport(one: Export): string {
  const count = (number: number): string => number.toLocaleString('en-US');
  if (one.state === 'failed') return one.why ?? '';
  if (one.state === 'done') return `${count(one.done)} 件 · ${saySize(one.bytes ?? 0)}`;
  if (one.state === 'cancelled') return '没有留下文件';
  return one.total === null ? '正在数有多少件…' : `${count(one.done)} / ${count(one.total)} 件`;
}

export function saySize(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}

export interface Exports {
  items: Ref<Export[] | null>;
  error: Ref<Problem | null>;
  look: () => Promise<void>;
}

/** My exports; what is under way is asked for again and again, as long as the page is seen. */
export function useExports(): Exports {
  const items = shallowRef<Export[] | null>(null);
  const error = ref<Problem | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    try {
      items.value = (await api.get<Page<Export>>('/tickets/exports')).items;
      error.value = null;
    } catch (problem) {
      error.value = asProblem(problem);
    }
    const goesOn = error.value !== null || (items.value?.some(isOpen) ?? false);
    if (goesOn && !left) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  }

  onScopeDispose(() => {
    left = true;
    clearTimeout(timer);
  });
  void look();
  return { items, error, look };
}
