// The tree of places of one's community, as several office pages choose from it.
import { computed, type ComputedRef, ref, type Ref } from 'vue';
import { query, type Page } from './api';
import { useCached } from './cached';

export interface PlaceNode {
  id: string;
  kind: string;
  name: string;
  grid_id?: string | null;
  households?: number;
  children?: PlaceNode[];
}

export interface Community {
  id: string;
  name: string;
}

/** Chosen once, for all pages; empty means the first one. */
const chosen = ref('');

export interface Tree {
  communities: ComputedRef<Community[]>;
  communityId: ComputedRef<string>;
  choose: (id: string) => void;
  tree: Ref<PlaceNode | null>;
  estates: ComputedRef<PlaceNode[]>;
}

export function useTree(): Tree {
  const mine = useCached<Page<Community>>(() => '/places/communities?limit=200');
  const communities = computed(() => mine.data.value?.items ?? []);
  const communityId = computed(() => {
    const known = communities.value.some((one) => one.id === chosen.value);
    return known ? chosen.value : (communities.value[0]?.id ?? '');
  });
  const { data: tree } = useCached<PlaceNode>(() =>
    communityId.value ? '/places/tree' + query({ community_id: communityId.value }) : null,
  );
  const estates = computed(() => tree.value?.children ?? []);
  return { communities, communityId, choose: (id) => void (chosen.value = id), tree, estates };
}

export function householdsIn(place: PlaceNode): number {
  if (place.households !== undefined) return place.households;
  return (place.children ?? []).reduce((sum, child) => sum + householdsIn(child), 0);
}

/** A place below `from` by its id. */
export function findPlace(from: PlaceNode | null, id: string): PlaceNode | null {
  if (!from || from.id === id) return from;
  for (const child of from.children ?? []) {
    const found = findPlace(child, id);
    if (found) return found;
  }
  return null;
}

/** The places from the estate down to `id`: for filling in the boxes of a chooser. */
export function pathTo(from: PlaceNode | null, id: string): PlaceNode[] {
  for (const child of from?.children ?? []) {
    if (child.id === id) return [child];
    const rest = pathTo(child, id);
    if (rest.length > 0) return [child, ...rest];
  }
  return [];
}
