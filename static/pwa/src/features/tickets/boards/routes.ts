// The boards of the offices, and the numbers of an estate's buildings on its plan.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/today',
    component: () => import('./BoardPage.vue'),
    meta: { tab: 'today', title: '今日工作', homes },
  },
  {
    path: '/office/buildings',
    component: () => import('./HeatPage.vue'),
    meta: { tab: 'menu', title: '楼栋图', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/today', name: '今日工作', homes, order: 5 },
  { to: '/office/buildings', name: '楼栋图', homes, order: 15 },
];
