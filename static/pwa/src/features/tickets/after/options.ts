// Words to pick from, made from a table of names. Pure.
import type { Option } from '@/ui/types';

export function optionsOf(table: Record<string, string>, ...without: string[]): Option[] {
  return Object.entries(table)
    .filter(([value]) => !without.includes(value))
    .map(([value, label]) => ({ value, label }));
}

export const RESULTS: Option[] = [
  { value: 'true', label: '属实' },
  { value: 'untrue', label: '不属实' },
];
