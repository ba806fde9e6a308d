// Which households are picked, across pages and filters. Pure.
export const MOST_AT_ONCE = 500;

export function toggled(picked: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(picked);
  if (!next.delete(id) && next.size < MOST_AT_ONCE) next.add(id);
  return next;
}

/** Picks all of these, or lets all of them go when all are picked already. */
export function toggledAll(picked: ReadonlySet<string>, ids: string[]): Set<string> {
  const next = new Set(picked);
  if (allPicked(picked, ids)) ids.forEach((id) => next.delete(id));
  else ids.forEach((id) => next.size < MOST_AT_ONCE && next.add(id));
  return next;
}

export function allPicked(picked: ReadonlySet<string>, ids: string[]): boolean {
  return ids.length > 0 && ids.every((id) => picked.has(id));
}
