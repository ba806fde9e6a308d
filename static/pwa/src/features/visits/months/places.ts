// Where what is held could be put, as the server says once it is picked up.
import { shallowRef } from 'vue';
import { api, type Page, query } from '@/core/api';
import { headline } from '@/core/clock';
import { cellKey, type Chip, type Rows } from './board';
import type { Place } from './types';

export type Look = '' | 'ok' | 'warn' | 'over';

/** The board as whoever drags needs to know it. */
export interface Around {
  partId: () => string;
  rows: () => Rows;
  rowIds: () => string[];
  dates: () => string[];
  first: () => string;
}

export async function placesOf(partId: string, stopId: string): Promise<Map<string, Place>> {
  const path = `/month-plans/grids/${partId}/places`;
  const found = await api.get<Page<Place>>(path + query({ stop_id: stopId }));
  return new Map(found.items.map((one) => [cellKey(one.person_id, one.date), one]));
}

export class Places {
  private readonly known = shallowRef(new Map<string, Place>());

  constructor(
    private readonly around: Around,
    private readonly chip: () => Chip | null,
  ) {}

  /** Without an answer one may still put it: the server says then what is against it. */
  async load(chip: Chip): Promise<void> {
    this.known.value = new Map();
    const found = await placesOf(this.around.partId(), chip.ids[0] ?? '').catch(() => new Map());
    if (this.chip() === chip) this.known.value = found as Map<string, Place>;
  }

  at(row: string, date: string): Place | null {
    const person = this.around.rows() === 'people' ? row : (this.chip()?.person ?? '');
    return this.known.value.get(cellKey(person, date)) ?? null;
  }

  /** Between buildings nothing moves: a door stays where it is. */
  private outside(row: string): boolean {
    const own = this.chip()?.row ?? '';
    return this.around.rows() === 'buildings' && own !== '' && own !== row;
  }

  lookAt(row: string, date: string): Look {
    if (!this.chip()) return '';
    if (this.outside(row) || date < this.around.first()) return 'over';
    const place = this.at(row, date);
    if (place === null) return '';
    if (place.refused) return 'over';
    return place.texts.length > 0 ? 'warn' : 'ok';
  }

  say(row: string, date: string): string {
    const place = this.at(row, date);
    const time = place && !place.refused ? ` ${place.window.from}` : '';
    const said = this.outside(row) ? '住户不能换楼。' : (place?.texts ?? []).join('');
    return `${headline(date)}${time}：${said || '可以。'}`;
  }
}
