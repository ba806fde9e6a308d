// How a call and its buildings are said. Pure.
import { CALL_KIND, nameIn } from '@/core/labels';
import type { Post } from '@/core/session';
import type { Tone } from '@/ui/types';
import type { CallBuilding, Summons, Reach } from './types';

export interface Look {
  tone: Tone;
  shape: string;
}

/** A word and a shape for each; what waits for somebody stands out. */
export const BUILDING_LOOKS: Record<string, Look> = {
  help: { tone: 'over', shape: '■' },
  nobody: { tone: 'warn', shape: '○' },
  coming: { tone: 'info', shape: '→' },
  looked: { tone: 'info', shape: '◐' },
  well: { tone: 'ok', shape: '✓' },
};
export const CALL_LOOKS: Record<string, Look> = {
  open: { tone: 'over', shape: '▲' },
  closed: { tone: 'ok', shape: '✓' },
  called_off: { tone: 'plain', shape: '↩' },
};

/** Shorter than this, nobody knows what to do. */
export const LEAST_WORDS = 4;
const CALLING = ['community_party', 'residents_committee', 'subdistrict'];

/** Whoever stands above the subdistrict calls nobody: it is the subdistricts' own. */
export function mayCall(posts: Post[]): boolean {
  return posts.some((post) => CALLING.includes(post.organisation.kind));
}

export interface Draft {
  kind: string;
  whom: string;
  words: string;
  danger: boolean;
  danger_reason: string;
}

/** Whether all is said that a call cannot go out without. */
export function isWhole(draft: Draft): boolean {
  const said = (words: string): boolean => words.trim().length >= LEAST_WORDS;
  const why = !draft.danger || said(draft.danger_reason);
  return draft.kind !== '' && draft.whom !== '' && said(draft.words) && why;
}

export function titleOf(call: Summons): string {
  return `${nameIn(CALL_KIND, call.kind)} · ${call.team ? call.team.name : call.place.name}`;
}

/** How many of the households in close care were looked at; nothing where that is not shown. */
export function seenWords(building: CallBuilding): string {
  if (building.doors === null || building.seen === null) return '';
  if (building.doors === 0) return '没有要重点看的人家';
  return `重点人家看过 ${building.seen} / ${building.doors} 户`;
}

/** Why nothing goes out; '' where there is somebody to call. */
export function nobodyWords(reach: Reach | null): string {
  return reach?.people === 0 ? '这里还没有可以召集的人，请先建好队伍或值班表。' : '';
}

export function reachWords(reach: Reach): string {
  const duty = reach.duty > 0 ? `，其中物业值班 ${reach.duty} 人` : '';
  const visits =
    reach.visits > 0 ? `有 ${reach.visits} 户常规走访会先放下。` : '没有要放下的常规走访。';
  return `会告诉 ${reach.people} 人${duty}。${visits}`;
}

export function nightWords(reach: Reach, danger: boolean): string {
  if (!reach.night) return '';
  if (danger) return '现在是夜里，大家的手机都会响。';
  return `现在是夜里，只有值班的 ${reach.duty} 人手机会响；其他人到早上 8:30 才响。`;
}

const ORDER = Object.keys(BUILDING_LOOKS);

/** What waits for somebody on top, else as one walks. */
export function pressingFirst(buildings: CallBuilding[]): CallBuilding[] {
  return [...buildings].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}
