// Chinese names of what the server calls by code. The tables are exported from the server's rules.
export * from '@/generated/domain';

/** The name of a code, or the code itself where a newer server knows more than this app. */
export function nameIn(table: Record<string, string>, code: string | null | undefined): string {
  return code ? (table[code] ?? code) : '';
}

/** Words to pick from, made of such a table. */
export function optionsOf(
  table: Record<string, string>,
  ...without: string[]
): { value: string; label: string }[] {
  return Object.entries(table)
    .filter(([value]) => !without.includes(value))
    .map(([value, label]) => ({ value, label }));
}
