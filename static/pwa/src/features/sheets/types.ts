// What this feature gets from the server.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Export = Schemas['Export'];
export type HandOver = Schemas['HandOver'];
export type HandOverRow = Schemas['HandOverRow'];
export type Source = Schemas['TicketSource'];
export type RowState = keyof HandOver['counts'];
