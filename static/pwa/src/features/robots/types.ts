// What this feature gets from the server.
import type { components } from '@/generated/api';

type Schemas = components['schemas'];
export type Robot = Schemas['Robot'];
export type Robots = Schemas['Robots'];
