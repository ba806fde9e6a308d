// Patrols: those one is asked to, walking one, and the committee's routes, points and codes.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/patrols',
    component: () => import('./PatrolsPage.vue'),
    meta: { title: '巡查' },
  },
  {
    path: '/patrols/at/:mark',
    component: () => import('./AtPage.vue'),
    props: true,
    meta: { title: '巡查点' },
  },
  {
    path: '/patrols/:id',
    component: () => import('./PatrolPage.vue'),
    props: true,
    meta: { title: '今天的巡查' },
  },
  {
    path: '/office/patrols',
    component: () => import('./office/OfficePatrolsPage.vue'),
    meta: { tab: 'menu', title: '巡查路线', homes },
  },
  {
    path: '/office/patrols/codes',
    component: () => import('./office/CodesPage.vue'),
    meta: { title: '打印巡查点的码', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/patrols', name: '巡查路线', homes, order: 24 },
];
