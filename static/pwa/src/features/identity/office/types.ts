// People, organisations and invitations as the offices see them.
export interface PersonPost {
  id: string;
  organisation_id: string;
  organisation_name: string;
  kind: string;
  role: string;
}

export interface Person {
  id: string;
  name: string;
  phone_masked: string;
  posts: PersonPost[];
}

export interface Organisation {
  id: string;
  name: string;
  kind: string;
  party: string | null;
  place: { id: string; name: string; kind: string };
}

export interface Invitation {
  id: string;
  name: string;
  phone_masked: string;
  organisation_name: string;
  role: string;
  expires_at: string;
  state: 'open' | 'used' | 'expired' | 'withdrawn';
}

export interface InvitationMade {
  id: string;
  url: string;
  qr_svg: string;
  expires_at: string;
}
