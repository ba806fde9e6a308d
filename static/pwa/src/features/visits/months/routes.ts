// A month's plan, for the committee's office.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];
const meta = { tab: 'menu' as const, title: '月计划', homes };

export const routes: RouteRecordRaw[] = [
  { path: '/office/months', component: () => import('./OfficeMonthsPage.vue'), meta },
  {
    path: '/office/months/:id',
    component: () => import('./OfficeMonthPage.vue'),
    props: true,
    meta,
  },
  {
    path: '/office/months/:planId/:id',
    component: () => import('./OfficeMonthBoardPage.vue'),
    props: true,
    meta,
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/months', name: '月计划', homes, order: 19 },
];
