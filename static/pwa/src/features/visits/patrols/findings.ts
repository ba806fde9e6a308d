// The tickets that were reported on a patrol, as far as one may see them.
import { computed, type ComputedRef } from 'vue';
import type { Page } from '@/core/api';
import { useCached } from '@/core/cached';
import type { Finding } from './types';

export function useFindings(patrolId: () => string | null): ComputedRef<Finding[]> {
  const asked = useCached<Page<Finding>>(() => {
    const id = patrolId();
    return id ? `/patrols/${id}/findings` : null;
  });
  return computed(() => asked.data.value?.items ?? []);
}

export function findingsAt(findings: Finding[], pointId: string): Finding[] {
  return findings.filter((one) => one.point_id === pointId);
}
