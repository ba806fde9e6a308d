// Walking the tree of places. Pure.
import type { Option } from '@/ui/types';
import type { PlaceNode } from './types';

export interface Level {
  parent: string;
  label: string;
  options: Option[];
  chosen: string;
}

const QUESTIONS: Record<string, string> = {
  estate: '哪个小区？',
  building: '哪一栋？（小区公共部位可不选）',
  unit: '哪个单元？（可不选）',
};

/** From just below the root down to the place; empty when it is not in the tree. */
export function pathTo(root: PlaceNode, id: string): PlaceNode[] {
  for (const child of root.children ?? []) {
    if (child.id === id) return [child];
    const below = pathTo(child, id);
    if (below.length > 0) return [child, ...below];
  }
  return [];
}

export function levelsOf(root: PlaceNode, path: PlaceNode[]): Level[] {
  return [root, ...path]
    .filter((node) => (node.children ?? []).length > 0)
    .map((node, depth) => ({
      parent: node.id,
      label: QUESTIONS[node.children?.[0]?.kind ?? ''] ?? '哪里？',
      options: (node.children ?? []).map((child) => ({ value: child.id, label: child.name })),
      chosen: path[depth]?.id ?? '',
    }));
}
