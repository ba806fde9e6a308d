// 事项和时限: what may be reported and how long it may take, for those who look and who change it.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/catalogue',
    component: () => import('./OfficeCataloguePage.vue'),
    meta: { tab: 'menu', title: '事项和时限', homes },
  },
  {
    path: '/office/contracts',
    component: () => import('./OfficeContractsPage.vue'),
    meta: { tab: 'menu', title: '合同时限', homes: ['committee'] },
  },
  {
    path: '/office/calendar',
    component: () => import('./OfficeCalendarPage.vue'),
    meta: { tab: 'menu', title: '工作日历', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/catalogue', name: '事项和时限', homes, order: 75 },
];
