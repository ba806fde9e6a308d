// Addresses of one's calendar, as the server has them.
import type { components } from '@/generated/api';

export type Address = components['schemas']['CalendarAddress'];
export type NewAddress = components['schemas']['CalendarAddressMade'];

/** The address by which a phone or computer opens its calendar and subscribes. */
export function subscribing(url: string): string {
  return url.replace(/^https?:/, 'webcal:');
}
