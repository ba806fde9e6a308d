// Which roles make sense in which kind of organisation. Administrators are made elsewhere.
export const KIND_ROLES: Record<string, string[]> = {
  community_party: ['secretary', 'clerk', 'member'],
  residents_committee: ['clerk', 'secretary', 'member'],
  property: ['dispatcher', 'leader', 'member'],
  owners_committee: ['leader', 'member'],
  volunteer_team: ['member', 'leader'],
  social_org: ['leader', 'member'],
  subdistrict: ['officer'],
  district: ['officer'],
};
