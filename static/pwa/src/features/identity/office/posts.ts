// Which organisations one may bring people into, and under which roles.
import { computed, type ComputedRef } from 'vue';
import type { Page } from '@/core/api';
import { useCached } from '@/core/cached';
import { home, who } from '@/core/session';
import { KIND_ROLES } from './roles';
import type { Organisation } from './types';

/** The committee brings in all parties of its community; an organisation its own people. */
export function mayFill(organisation: Organisation, own: Set<string>, seat: string): boolean {
  if (own.has(organisation.id)) return true;
  const upper = organisation.kind === 'subdistrict' || organisation.kind === 'district';
  return seat === 'committee' && !upper;
}

export interface Posts {
  all: ComputedRef<Organisation[]>;
  mine: ComputedRef<Organisation[]>;
  refresh: () => Promise<void>;
}

export function usePosts(): Posts {
  const { data, refresh } = useCached<Page<Organisation>>(() => '/organisations?limit=200');
  const all = computed(() => data.value?.items ?? []);
  const own = computed(() => new Set(who.current?.posts.map((post) => post.organisation.id)));
  const admin = computed(() => who.current?.posts.some((post) => post.role === 'admin') ?? false);
  const mine = computed(() =>
    all.value.filter((one) => admin.value || mayFill(one, own.value, home.value)),
  );
  return { all, mine, refresh };
}

export function rolesIn(organisation: Organisation | undefined): string[] {
  return KIND_ROLES[organisation?.kind ?? ''] ?? ['member'];
}
