// What may have been reported before: asked after a pause in typing, and only where there is a network.
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { api } from '@/core/api';
import { daysBetween } from '@/core/clock';
import { online } from '@/core/online';
import { FEWEST_SIGNS, PAUSE_MS } from '@/core/suggesting';

export interface Alike {
  id: string;
  seen: boolean;
  mine: boolean;
  number: string | null;
  title: string | null;
  category_name: string;
  place_text: string;
  reported_on: string;
  standing: string;
  standing_name: string;
  joinable: boolean;
}

export interface FollowedRow {
  id: string;
  category_name: string;
  place_text: string;
  status: string;
  status_name: string;
  reported_on: string;
  moved_at: string;
}

export interface Followed extends FollowedRow {
  lead_name: string | null;
  following: boolean;
  result: string | null;
  own_words: string[];
  steps: { at: string; name: string }[];
}

export interface Candidate {
  id: string;
  number: string;
  text: string;
  category_name: string;
  place_text: string;
  spot: string | null;
  status: string;
  status_name: string;
  reporter_name: string;
  photos: string[];
  created_at: string;
  version: number;
  joinable: boolean;
}

export interface Asked {
  place_id: string;
  text: string;
  category: string;
}

/** 今天, 昨天, 3 天前. */
export function daysAgo(date: string, today: string): string {
  const days = daysBetween(date, today);
  if (days <= 0) return '今天';
  return days === 1 ? '昨天' : `${String(days)} 天前`;
}

/** What a neighbour reads of it: where, since when, of which kind and how far, never the words. */
export function hintOf(one: Alike, today: string): string {
  const when = daysAgo(one.reported_on, today);
  const who = one.mine ? '您自己报过' : '已有人报过';
  return `${one.place_text} ${when}${who}“${one.category_name}”类的事，${one.standing_name}。`;
}

/** The older one goes on, the newer one goes with it. */
export function whoGoesOn<T extends { created_at: string }>(one: T, other: T): [T, T] {
  return one.created_at <= other.created_at ? [one, other] : [other, one];
}

async function ask(asked: Asked): Promise<Alike[]> {
  try {
    const body = { ...asked, category: asked.category || null };
    return (await api.post<{ items: Alike[] }>('/tickets/alike', body)).items;
  } catch {
    return []; // Nobody waits for it; the report goes on without.
  }
}

/** What reads like a report that is being written. */
export function useAlike(asked: () => Asked): Ref<Alike[]> {
  const shown = shallowRef<Alike[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function look(now: Asked): Promise<void> {
    const mine = ++turn;
    const found = online.value ? await ask(now) : [];
    if (mine === turn) shown.value = found;
  }

  function typed(): void {
    const now = asked();
    clearTimeout(timer);
    turn += 1;
    if (!now.place_id || now.text.trim().length < FEWEST_SIGNS) shown.value = [];
    else timer = setTimeout(() => void look(now), PAUSE_MS);
  }

  watch(() => Object.values(asked()).join('|'), typed, { immediate: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    turn += 1;
  });
  return shown;
}
