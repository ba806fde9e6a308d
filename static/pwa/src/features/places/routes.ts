// Pages about places (import), for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/imports',
    component: () => import('./OfficeImportsPage.vue'),
    meta: { tab: 'menu', title: '导入住户', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/imports', name: '导入住户', homes, order: 70 },
];
