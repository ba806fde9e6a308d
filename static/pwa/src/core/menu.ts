// What an office menu entry is. Features register theirs; the frame shows those of one's seat.
import type { Ref } from 'vue';
import { type Home, isAdmin } from './session';

export interface UnderItem {
  to: string;
  name: string;
  count?: number;
  /** A small heading above the first of its kind. */
  group?: string;
}

export interface OfficeMenuItem {
  to: string;
  name: string;
  homes: Home[];
  /** Also for administrators, wherever they start. */
  admins?: boolean;
  /** Its place in the menu; also says in which group (`GROUPS`) it stands. */
  order: number;
  /** How many things wait there; nothing is shown for none. */
  count?: Ref<number>;
  /** Shown below it in the side menu, as the queues of the ticket board. */
  under?: Ref<UnderItem[]>;
}

/** The headings of the menu: each from an order on. */
const GROUPS: { from: number; name: string }[] = [
  { from: 70, name: '资料和设置' },
  { from: 30, name: '人和户' },
  { from: 18, name: '走访和巡查' },
  { from: 0, name: '工单' },
];

export function groupOf(item: OfficeMenuItem): string {
  return GROUPS.find(({ from }) => item.order >= from)?.name ?? '';
}

const registered: OfficeMenuItem[] = [];

export function registerMenu(items: OfficeMenuItem[]): void {
  registered.push(...items);
}

export function menuFor(home: Home): OfficeMenuItem[] {
  return registered
    .filter((item) => item.homes.includes(home) || (item.admins === true && isAdmin.value))
    .sort((a, b) => a.order - b.order);
}
