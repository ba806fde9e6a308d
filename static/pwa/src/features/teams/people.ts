// Who is in the teams: for choosing the person of a household, or whom to pair.
import { computed, type ComputedRef } from 'vue';
import type { Page } from '@/core/api';
import { type Cached, useCached } from '@/core/cached';
import { TEAM_KIND } from '@/core/labels';
import { useTree } from '@/core/places';
import type { Team } from './types';

export interface TeamsRead extends Cached<Page<Team>> {
  teams: ComputedRef<Team[]>;
}

const KINDS = Object.keys(TEAM_KIND);

/** All teams of the committee's communities: by kind, then as the estates are ordered. */
export function useTeams(): TeamsRead {
  const read = useCached<Page<Team>>(() => '/teams?limit=200');
  const { estates } = useTree();
  const order = (team: Team): number =>
    KINDS.indexOf(team.kind) * 1000 + estates.value.findIndex((one) => one.id === team.place.id);
  const teams = computed(() =>
    [...(read.data.value?.items ?? [])].sort((a, b) => order(a) - order(b)),
  );
  return { ...read, teams };
}

export const DUTY: Record<string, string> = {
  red_flag: '党员楼栋长：带着一栋楼，结对走访，把大家的话带到议事会，办完给报事人回话。',
  red_steward: '物业和能工巧匠：接单、到场看、讲清楚，一件事跟到底。',
  red_armband: '热心居民：定时巡查公共部位，提醒、报事；不进家门，不执法。',
};
