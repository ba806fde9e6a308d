// How rounds look in a list, and how a draft begins.
import { addDays, dateOf } from '@/core/clock';
import type { Column, Tone } from '@/ui/types';
import type { Draft, OpenWindow, Round, RoundDetail } from './types';

export const COLUMNS: Column[] = [
  { key: 'title', name: '轮次', look: 'lead' },
  { key: 'purpose', name: '为什么', look: 'bare' },
  { key: 'team', name: '谁去' },
  { key: 'dates', name: '起止', look: 'short' },
  { key: 'state', name: '状态', look: 'short' },
  { key: 'progress', name: '进度', look: 'wide' },
];

/** The states of a visit as the office calls them, and the count that belongs to each. */
export const STATES = [
  { value: '', label: '全部', count: 'visits' },
  { value: 'proposed', label: '等回话', count: 'proposed' },
  { value: 'accepted', label: '已答应', count: 'accepted' },
  { value: 'done', label: '走过了', count: 'done' },
  { value: 'turned_down', label: '婉拒了', count: 'turned_down' },
  { value: 'cancelled', label: '取消了', count: 'cancelled' },
];

const VISIT_LOOKS: Record<string, { tone: Tone; shape: string }> = {
  proposed: { tone: 'warn', shape: '○' },
  accepted: { tone: 'info', shape: '▶' },
  done: { tone: 'ok', shape: '✓' },
};

export function visitLook(state: string): { tone: Tone; shape: string; words: string } {
  const look = VISIT_LOOKS[state] ?? { tone: 'plain', shape: '×' };
  return { ...look, words: STATES.find((one) => one.value === state)?.label ?? state };
}

/** How many visits there are in all. */
export function withAll(counts: Record<string, number>): Record<string, number> {
  const visits = STATES.slice(1).reduce((sum, { count }) => sum + (counts[count] ?? 0), 0);
  return { ...counts, visits };
}

/** The first of a long list, and how many more. */
export function someOf(words: string[], most = 40): string {
  const first = words.slice(0, most).join('、');
  return words.length > most ? `${first}……等 ${words.length} 个` : first;
}

const LOOKS: Record<string, { tone: Tone; shape: string }> = {
  draft: { tone: 'plain', shape: '○' },
  published: { tone: 'info', shape: '▶' },
  ended: { tone: 'ok', shape: '✓' },
  cancelled: { tone: 'plain', shape: '×' },
};

export function stateLook(state: string): { tone: Tone; shape: string } {
  return LOOKS[state] ?? { tone: 'plain', shape: '○' };
}

export function progress(round: Round): string {
  if (round.state === 'draft') return '还没发出';
  const { households = 0, done = 0, proposed = 0, nobody = 0 } = round.counts;
  const parts = [`走了 ${String(done)} / ${String(households)} 户`];
  if (proposed > 0) parts.push(`${String(proposed)} 户等回话`);
  if (nobody > 0) parts.push(`${String(nobody)} 户没有能去的人`);
  return parts.join(' · ');
}

export function emptyDraft(windows: OpenWindow[], households: string[] = []): Draft {
  const tomorrow = addDays(dateOf(), 1);
  return {
    title: '',
    purpose: 'routine',
    team_id: '',
    whom: { care_levels: [], building_ids: [], household_ids: [...households] },
    starts_on: tomorrow,
    ends_on: addDays(tomorrow, 13),
    windows: windows.map((window) => ({ ...window })),
  };
}

export function draftOf(round: RoundDetail): Draft {
  const { title, purpose, team, whom, starts_on, ends_on, windows } = round;
  return {
    title,
    purpose,
    team_id: team.id,
    whom: { ...whom },
    starts_on,
    ends_on,
    windows: windows.map((window) => ({ ...window })),
  };
}
