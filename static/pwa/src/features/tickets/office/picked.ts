// Which lines of the board are picked, to be accepted or dispatched together. Pure.
export const MOST_AT_ONCE = 100;

export type Picked = ReadonlyMap<string, number>;

interface Line {
  id: string;
  version: number;
}

export function toggled(picked: Picked, line: Line): Map<string, number> {
  const next = new Map(picked);
  if (!next.delete(line.id) && next.size < MOST_AT_ONCE) next.set(line.id, line.version);
  return next;
}

/** From the line picked last to this one, all of them (shift and click). */
export function ranged(picked: Picked, lines: Line[], from: string, to: string): Picked {
  const ends = [from, to].map((id) => lines.findIndex((line) => line.id === id));
  if (ends.some((at) => at < 0)) return picked;
  return withAll(picked, lines.slice(Math.min(...ends), Math.max(...ends) + 1));
}

export function areAllPicked(picked: Picked, lines: Line[]): boolean {
  return lines.length > 0 && lines.every((line) => picked.has(line.id));
}

/** Picks all of these, or lets all of them go when all are picked already. */
export function toggledAll(picked: Picked, lines: Line[]): Picked {
  if (!areAllPicked(picked, lines)) return withAll(picked, lines);
  return new Map([...picked].filter(([id]) => !lines.some((line) => line.id === id)));
}

/** Keeps of what is picked only what is still listed, with the versions that are shown now. */
export function stillListed(picked: Picked, lines: Line[]): Picked {
  const shown = lines.filter((line) => picked.has(line.id));
  return new Map(shown.map((line) => [line.id, line.version]));
}

function withAll(picked: Picked, lines: Line[]): Picked {
  const next = new Map(picked);
  for (const line of lines) if (next.size < MOST_AT_ONCE) next.set(line.id, line.version);
  return next;
}
