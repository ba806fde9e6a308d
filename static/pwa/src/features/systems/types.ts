// What this feature gets from the server.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Key = Schemas['Open311Key'];
export type KeyMade = Schemas['Open311KeyMade'];
export type Hook = Schemas['Webhook'];
export type HookAdded = Schemas['WebhookAdded'];
export type Tried = Schemas['Tried'];
