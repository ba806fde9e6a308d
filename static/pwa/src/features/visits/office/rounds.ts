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

const LOOKS: Record<string, { tone: Tone; shape: string }> = {
  draft: { tone: 'plain', shape: '○' },
  published: { tone: 'info', shape: '▶' },
  ended: { tone: 'ok', shape: '✓' },
  cancelled: { tone: 'over', shape: '■' },
};

export function stateLook(state: string): { tone: Tone; shape: string } {
  return LOOKS[state] ?? { tone: 'plain', shape: '○' };
}

export function progress(round: Round): string {
  if (round.state === 'draft') return '还没发出';
  const { households = 0, done = 0, proposed = 0, nobody = 0 } = round.counts;
  const parts = [`走了 ${String(done)} / ${String(households)} 户`];
  if (proposed > 0) parts.push(`${String(proposed)} 户等回话`);
  if (nobody > 0) parts.push(`${String(nobody)} 户没人管`);
  return parts.join(' · ');
}

export function emptyDraft(windows: OpenWindow[]): Draft {
  const tomorrow = addDays(dateOf(), 1);
  return {
    title: '',
    purpose: 'routine',
    team_id: '',
    whom: { care_levels: [], building_ids: [], household_ids: [] },
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
