// Grids in words: which buildings of which estates, and who looks after them. Pure.
import type { PlaceNode } from '@/core/places';

export interface Grid {
  id: string;
  name: string;
  building_ids: string[];
  households: number;
}

/** What of a pairing is asked for here. */
export interface Steward {
  team: { kind: string };
  person: { id: string; name: string };
  place: { id: string };
}

/** `和园一期 1号楼、2号楼；和园二期 3号楼`. */
export function sayBuildings(grid: Grid, estates: PlaceNode[]): string {
  const ids = new Set(grid.building_ids);
  return estates
    .map((estate) => ({
      name: estate.name,
      inside: (estate.children ?? []).filter((one) => ids.has(one.id)),
    }))
    .filter(({ inside }) => inside.length > 0)
    .map(({ name, inside }) => `${name} ${inside.map((one) => one.name).join('、')}`)
    .join('；');
}

/** The red stewards who are paired with a building of the grid, or with a unit in one. */
export function stewardsOf(grid: Grid, estates: PlaceNode[], pairings: Steward[]): string[] {
  const buildings = estates
    .flatMap((estate) => estate.children ?? [])
    .filter((one) => grid.building_ids.includes(one.id));
  const places = new Set(
    buildings.flatMap((one) => [one.id, ...(one.children ?? []).map((unit) => unit.id)]),
  );
  const found = pairings.filter(
    (one) => one.team.kind === 'red_steward' && places.has(one.place.id),
  );
  return [...new Map(found.map((one) => [one.person.id, one.person.name])).values()];
}

/** Buildings that lie in no grid. */
export function without(grids: Grid[], estates: PlaceNode[]): PlaceNode[] {
  const taken = new Set(grids.flatMap((grid) => grid.building_ids));
  return estates.flatMap((estate) =>
    (estate.children ?? [])
      .filter((one) => !taken.has(one.id))
      .map((one) => ({ ...one, name: `${estate.name} ${one.name}` })),
  );
}
