// 回访 and 抽查. Building heads have the first too, and find it from their tickets.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const offices: Home[] = ['committee', 'owners', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/callbacks',
    component: () => import('./CallbacksPage.vue'),
    meta: { title: '回访' },
  },
  {
    path: '/office/rechecks',
    component: () => import('./OfficeRechecksPage.vue'),
    meta: { tab: 'menu', title: '抽查', homes: offices },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/callbacks', name: '回访', homes: offices, order: 12 },
  { to: '/office/rechecks', name: '抽查', homes: offices, order: 13 },
];
