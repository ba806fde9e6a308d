// Subdistricts with their communities, as an administrator sees them, in words.
export interface Division {
  id: string;
  kind: 'district' | 'subdistrict' | 'community';
  name: string;
  code: string | null;
  parent_id: string | null;
  households: number;
  office_id: string | null;
  people: number;
}

export interface DivisionList {
  written: boolean;
  digest: string;
  streets_new: number;
  create: number;
  same: number;
  refuse: number;
  rows: DivisionRow[];
}

export interface DivisionRow {
  row: number;
  code: string;
  name: string;
  street: string;
  outcome: 'create' | 'same' | 'refuse';
  reasons: string[];
}

export interface Branch {
  place: Division;
  communities: Division[];
}

const byCode = (a: Division, b: Division): number => (a.code ?? '').localeCompare(b.code ?? '');

/** The subdistricts in the order of their codes, each with its communities that match the words. */
export function branches(all: Division[], words: string): Branch[] {
  const said = words.trim();
  const fits = (one: Division): boolean => one.name.includes(said) || one.code === said;
  return all
    .filter((one) => one.kind === 'subdistrict')
    .sort(byCode)
    .map((place) => {
      const below = all.filter((one) => one.parent_id === place.id).sort(byCode);
      return { place, communities: fits(place) ? below : below.filter(fits) };
    })
    .filter(({ place, communities }) => fits(place) || communities.length > 0);
}

/** What a list would do, in a sentence. */
export function sayList(list: DivisionList): string {
  const said = [
    list.create > 0 && `新建 ${list.create} 个社区`,
    list.streets_new > 0 && `新建 ${list.streets_new} 个街道`,
    list.same > 0 && `${list.same} 个已经有了`,
    list.refuse > 0 && `${list.refuse} 行有问题`,
  ];
  return said.filter(Boolean).join('，') + '。';
}
