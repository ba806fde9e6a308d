// How the board may be narrowed. All of it stands in the address, under the names that the server
// knows, so that an address can be sent to a colleague, and kept under a name.
import { query } from '@/core/api';
import { CATEGORY, CATEGORY_GROUP, nameIn, PARTY, TICKET_STATUS } from '@/core/labels';
import { ALL } from './queues';

export interface TicketFilter extends Record<string, string> {
  q: string;
  status: string;
  category: string;
  estate_id: string;
  building_id: string;
  lead_party: string;
  lead_org_id: string;
  emergency: string;
  overdue: string;
  supervised: string;
  photos: string;
  doors: string;
  mine: string;
  created_from: string;
  created_to: string;
  sort: string;
}

export const NO_FILTER: TicketFilter = {
  q: '',
  status: '',
  category: '',
  estate_id: '',
  building_id: '',
  lead_party: '',
  lead_org_id: '',
  emergency: '',
  overdue: '',
  supervised: '',
  photos: '',
  doors: '',
  mine: '',
  created_from: '',
  created_to: '',
  sort: '',
};

export const YES = 'true';

export const FLAGS: [keyof TicketFilter & string, string][] = [
  ['emergency', '应急'],
  ['overdue', '超时'],
  ['supervised', '督办'],
  ['photos', '有照片'],
  ['doors', '住户扫码报的'],
  ['mine', '我报的'],
];

export const SORTS = [
  { value: '', label: '最近有动静的在前' },
  { value: 'due', label: '先到时限的在前' },
  { value: 'created', label: '最新报来的在前' },
];

export function boardPath(queue: string, filter: TicketFilter): string {
  return '/tickets' + query({ ...filter, queue: queue === ALL ? '' : queue });
}

/** What is kept under a name: the filter and the queue it was made in. */
export function addressOf(queue: string, filter: TicketFilter): string {
  return query({ ...filter, queue: queue === ALL ? '' : queue }).slice(1);
}

/** Where this list is written into a spreadsheet. */
export function exportOf(name: string, queue: string, filter: TicketFilter): string {
  return '/office/exports' + query({ of: name, filter: addressOf(queue, filter) });
}

/** Where a kept filter leads. */
export function routeOf(address: string): { path: string; query: Record<string, string> } {
  const { queue, ...rest } = Object.fromEntries(new URLSearchParams(address));
  return { path: `/office/board/${queue ?? ALL}`, query: rest };
}

/** Whether it asks for anything; an order alone leaves nothing out. */
export function isFiltered(filter: TicketFilter): boolean {
  return Object.entries(filter).some(([name, value]) => name !== 'sort' && value !== '');
}

export function isSameAddress(one: string, other: string): boolean {
  const sorted = (text: string): string =>
    [...new URLSearchParams(text)]
      .map((pair) => pair.join('='))
      .sort()
      .join('&');
  return sorted(one) === sorted(other);
}

export interface Said {
  key: string;
  words: string;
}

function kindWords(codes: string): string {
  return codes
    .split(',')
    .map((code) => CATEGORY[code] ?? nameIn(CATEGORY_GROUP, code))
    .join('、');
}

function dayWords(filter: TicketFilter): string {
  if (filter.created_from && filter.created_to)
    return `${filter.created_from} 到 ${filter.created_to} 报的`;
  return filter.created_from ? `${filter.created_from} 起报的` : `${filter.created_to} 以前报的`;
}

const named =
  (table: Record<string, string>, after = '') =>
  (codes: string): string =>
    codes
      .split(',')
      .map((code) => nameIn(table, code))
      .join('、') + after;

const WORDS: Record<string, (value: string, place: (id: string) => string) => string> = {
  q: (value) => `“${value}”`,
  status: named(TICKET_STATUS),
  category: kindWords,
  estate_id: (value, place) => place(value),
  building_id: (value, place) => place(value),
  lead_party: named(PARTY, '主办'),
  lead_org_id: () => '指定单位主办',
  ...Object.fromEntries(FLAGS.map(([key, name]) => [key, () => name])),
};

/** What the filter asks, in words that can be taken away one by one. */
export function sayFilter(filter: TicketFilter, placeName: (id: string) => string): Said[] {
  const said = Object.entries(WORDS)
    .map(([key, words]) => ({ key, value: filter[key] ?? '', words }))
    .filter(({ value }) => value !== '')
    .map(({ key, value, words }) => ({ key, words: words(value, placeName) }));
  const days = filter.created_from || filter.created_to;
  return days ? [...said, { key: 'created_from', words: dayWords(filter) }] : said;
}

/** What is asked without this one. */
export function without(key: string): Partial<TicketFilter> {
  return key === 'created_from' ? { created_from: '', created_to: '' } : { [key]: '' };
}
