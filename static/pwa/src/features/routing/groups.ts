// Categories by their groups, as a chooser lists them. Pure.
import type { Category } from '@/ui/types';

export interface Group {
  code: string;
  name: string;
  items: Category[];
}

export function groupsOf(categories: Category[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of categories) {
    const group = groups.get(one.group) ?? { code: one.group, name: one.group_name, items: [] };
    group.items.push(one);
    groups.set(one.group, group);
  }
  return [...groups.values()];
}
