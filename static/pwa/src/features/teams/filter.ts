// How the list of households may be narrowed; all of it stands in the address.
import { query } from '@/core/api';

export interface HouseholdFilter extends Record<string, string> {
  q: string;
  estate: string;
  building: string;
  unit: string;
  care: string;
  person: string;
  without: string;
}

export const NO_FILTER: HouseholdFilter = {
  q: '',
  estate: '',
  building: '',
  unit: '',
  care: '',
  person: '',
  without: '',
};

export function householdsPath(communityId: string, filter: HouseholdFilter): string {
  const asked = {
    community_id: communityId,
    estate_id: filter.estate,
    building_id: filter.building,
    unit_id: filter.unit,
    care_level: filter.care,
    person_id: filter.person,
    without_person: filter.without !== '',
    q: filter.q,
  };
  return '/households' + query(asked);
}
