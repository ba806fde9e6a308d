// Codes laid over the tree: one line for each door that may have one. Pure.
import type { PlaceNode } from '@/core/places';
import type { DoorCode } from './types';

export interface DoorLine {
  id: string;
  estate: string;
  text: string;
  code: DoorCode | undefined;
}

export const MOST_AT_ONCE = 200;

/** Units, and buildings without any; a building whose own door has a code is shown too. */
export function doorLines(estates: PlaceNode[], codes: DoorCode[]): DoorLine[] {
  const at = new Map(codes.map((code) => [code.place.id, code]));
  return estates.flatMap((estate) =>
    (estate.children ?? []).flatMap((building) => {
      const units = building.children ?? [];
      const own = units.length === 0 || at.has(building.id) ? [building] : [];
      return [...own, ...units].map((place) => ({
        id: place.id,
        estate: estate.id,
        text: [estate.name, building.name, place === building ? '' : place.name].join(' ').trim(),
        code: at.get(place.id),
      }));
    }),
  );
}

export function without(lines: DoorLine[]): string[] {
  return lines
    .filter((line) => !line.code)
    .map((line) => line.id)
    .slice(0, MOST_AT_ONCE);
}

export function codesOf(lines: DoorLine[]): string[] {
  return lines.flatMap((line) => (line.code ? [line.code.id] : [])).slice(0, MOST_AT_ONCE);
}
