// What the server says of doors, public numbers and wishes.
import type { components } from '@/generated/api';

export type DoorCode = components['schemas']['DoorCode'];
export type PrintedDoor = components['schemas']['PrintedDoor'];
export type PublicNumber = components['schemas']['PublicNumber'];
export type Wish = components['schemas']['WishRow'];
