// Pairings laid over the tree: one line for each building, with who is paired where. Pure.
import { monthDay } from '@/core/clock';
import { householdsIn, type PlaceNode } from '@/core/places';
import type { Pairing } from './types';

export interface UnitLine {
  place: PlaceNode;
  pairings: Pairing[];
}

export interface BuildingLine {
  id: string;
  place: PlaceNode;
  estate: PlaceNode;
  text: string;
  households: number;
  whole: Pairing[];
  units: UnitLine[];
}

function byPlace(pairings: Pairing[]): Map<string, Pairing[]> {
  const found = new Map<string, Pairing[]>();
  for (const pairing of pairings) {
    found.set(pairing.place.id, [...(found.get(pairing.place.id) ?? []), pairing]);
  }
  return found;
}

export function buildingLines(estates: PlaceNode[], pairings: Pairing[]): BuildingLine[] {
  const at = byPlace(pairings);
  return estates.flatMap((estate) =>
    (estate.children ?? []).map((place) => ({
      id: place.id,
      place,
      estate,
      text: `${estate.name} ${place.name}`,
      households: householdsIn(place),
      whole: at.get(place.id) ?? [],
      units: (place.children ?? []).map((unit) => ({
        place: unit,
        pairings: at.get(unit.id) ?? [],
      })),
    })),
  );
}

/** The names of those paired with single units: 「1单元 李姐、2单元 周工」. */
export function unitWords(line: BuildingLine): string {
  return line.units
    .filter((unit) => unit.pairings.length > 0)
    .map((unit) => `${unit.place.name} ${names(unit.pairings)}`)
    .join('，');
}

export function names(pairings: Pairing[]): string {
  return pairings
    .map(({ person, coming, since }) => person.name + (coming ? `（${monthDay(since)}起）` : ''))
    .join('、');
}

function stands(pairing: Pairing): boolean {
  return !pairing.coming;
}

/** Nobody looks after it: neither the building as a whole nor each of its units. */
export function lonely(line: BuildingLine): boolean {
  if (line.whole.some(stands)) return false;
  return line.units.length === 0 || line.units.some((unit) => !unit.pairings.some(stands));
}
