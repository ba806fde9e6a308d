// Round sheets on paper: printed and entered by the committee, and by who leads a team.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';

export const routes: RouteRecordRaw[] = [
  {
    path: '/paper',
    component: () => import('./PaperPage.vue'),
    meta: { tab: 'menu', title: '纸质走访单' },
  },
  {
    path: '/paper/print',
    component: () => import('./PrintPage.vue'),
    meta: { title: '打印走访单' },
  },
  {
    path: '/paper/:code',
    component: () => import('./EnterPage.vue'),
    props: true,
    meta: { title: '录入走访单' },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/paper', name: '纸质走访单', homes: ['committee'], order: 21 },
];
