// Pages about places (communities, import, grids, plans of estates), for the committee and
// administrators.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/imports',
    component: () => import('./OfficeImportsPage.vue'),
    meta: { tab: 'menu', title: '导入住户', homes, admins: true },
  },
  {
    path: '/office/grids',
    component: () => import('./OfficeGridsPage.vue'),
    meta: { tab: 'menu', title: '网格', homes, admins: true },
  },
  {
    path: '/office/divisions',
    component: () => import('./OfficeDivisionsPage.vue'),
    meta: { tab: 'menu', title: '街道和社区', homes: [], admins: true },
  },
  {
    path: '/office/plans/:estateId',
    component: () => import('./PlanPage.vue'),
    props: true,
    meta: { tab: 'menu', title: '小区平面图', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/divisions', name: '街道和社区', homes: [], admins: true, order: 58 },
  { to: '/office/imports', name: '导入住户', homes, admins: true, order: 70 },
  { to: '/office/grids', name: '网格', homes, admins: true, order: 68 },
];
