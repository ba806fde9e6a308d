// What a report seems to be about. The server is asked after a pause; that somebody may be in danger
// the phone sees by itself and at once, also where there is no network. Nothing is decided by this.
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { EMERGENCY_RULES, type EmergencyRule } from '@/generated/domain';
import { api } from './api';
import { CATEGORY, nameIn } from './labels';
import { online } from './online';

export interface Suggested {
  category: string;
  name: string;
  emergency: boolean;
  why: string;
}

export const PAUSE_MS = 700;
export const FEWEST_SIGNS = 3;
export const MOST = 3;

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** The words of a rule that a text says; null if it does not fit. */
function wordsOf(rule: EmergencyRule, text: string): string[] | null {
  if (rule.without.some((word) => text.includes(word))) return null;
  const found = rule.groups.map((group) => group.find((word) => text.includes(word)));
  return found.every((word) => word !== undefined) ? found : null;
}

/** The emergency that the words of a text speak for most, if any. */
export function alarmIn(text: string): Suggested | null {
  const said = plain(text);
  let best: { rule: EmergencyRule; words: string[]; points: number } | null = null;
  const more = new Map<string, number>();
  for (const rule of EMERGENCY_RULES) {
    const words = wordsOf(rule, said);
    if (!words) continue;
    const others = more.get(rule.category) ?? 0;
    more.set(rule.category, others + 1);
    const points = rule.points + others;
    if (!best || points > best.points) best = { rule, words, points };
  }
  if (!best) return null;
  const { category } = best.rule;
  const why = `提到了${[...new Set(best.words)].map((word) => `“${word}”`).join('')}`;
  return { category, name: nameIn(CATEGORY, category), emergency: true, why };
}

/** What the server suggests, and the phone's own alarm if it is not among it. */
export function together(suggested: Suggested[], alarm: Suggested | null): Suggested[] {
  if (!alarm || suggested.some((one) => one.category === alarm.category)) return suggested;
  return [alarm, ...suggested].slice(0, MOST);
}

async function ask(text: string): Promise<Suggested[]> {
  try {
    return (await api.post<{ items: Suggested[] }>('/tickets/suggest', { text })).items;
  } catch {
    return []; // Nobody waits for it.
  }
}

/** Suggestions for a text that is being typed. */
export function useSuggestions(text: () => string): Ref<Suggested[]> {
  const shown = shallowRef<Suggested[]>([]);
  let answered: Suggested[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function look(said: string): Promise<void> {
    const mine = ++turn;
    const items = online.value ? await ask(said) : [];
    if (mine !== turn) return;
    answered = items;
    shown.value = together(answered, alarmIn(said));
  }

  function typed(said: string): void {
    clearTimeout(timer);
    turn += 1;
    if (said.length < FEWEST_SIGNS) answered = [];
    else timer = setTimeout(() => void look(said), PAUSE_MS);
    shown.value = together(answered, alarmIn(said));
  }

  watch(() => text().trim(), typed, { immediate: true });
  onScopeDispose(() => {
    clearTimeout(timer);
    turn += 1;
  });
  return shown;
}
