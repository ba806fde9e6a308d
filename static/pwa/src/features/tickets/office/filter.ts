// How the board may be narrowed; all of it stands in the address.
import { query } from '@/core/api';
import { ALL } from './queues';

export interface BoardFilter extends Record<string, string> {
  q: string;
  estate: string;
  building: string;
  category: string;
  mine: string;
}

export const NO_FILTER: BoardFilter = { q: '', estate: '', building: '', category: '', mine: '' };

export function boardPath(queue: string, filter: BoardFilter): string {
  const asked = {
    queue: queue === ALL ? '' : queue,
    q: filter.q,
    building_id: filter.building,
    category: filter.category,
    mine: filter.mine !== '',
  };
  return '/tickets' + query(asked);
}
