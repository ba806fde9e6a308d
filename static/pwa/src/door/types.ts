// What the server says to somebody without an account.
import type { components } from '@/generated/api';

export type DoorPage = components['schemas']['DoorPage'];
export type Followed = components['schemas']['Follow'];
export type PublicPhone = components['schemas']['PublicPhone'];

export interface Contact {
  name: string;
  phone: string;
  consent: boolean;
}
