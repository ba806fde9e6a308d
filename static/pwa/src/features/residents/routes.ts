// Residents without an account, as the committee and those who look after a door see them.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/wishes',
    component: () => import('./WishesPage.vue'),
    meta: { tab: 'inbox', title: '门口的留话' },
  },
  {
    path: '/office/doors',
    component: () => import('./OfficeDoorsPage.vue'),
    meta: { tab: 'menu', title: '门口的码', homes },
  },
  {
    path: '/office/doors/sheet',
    component: () => import('./OfficeDoorSheetPage.vue'),
    meta: { title: '打印门口的码', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/doors', name: '门口的码', homes, order: 62 },
  { to: '/wishes', name: '门口的留话', homes, order: 64 },
];
