// 紧急召集: the page of whoever is called, and the office's list, board and summary.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'subdistrict', 'property'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/calls/:id',
    component: () => import('./CallPage.vue'),
    props: true,
    meta: { title: '紧急召集' },
  },
  {
    path: '/office/calls',
    component: () => import('./OfficeCallsPage.vue'),
    meta: { tab: 'menu', title: '紧急召集', homes },
  },
  {
    path: '/office/calls/new',
    component: () => import('./NewCallPage.vue'),
    meta: { tab: 'menu', title: '发起紧急召集', homes: ['committee', 'subdistrict'] },
  },
  {
    path: '/office/calls/:id',
    component: () => import('./OfficeCallPage.vue'),
    props: true,
    meta: { tab: 'menu', title: '紧急召集', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/calls', name: '紧急召集', homes, order: 28 },
];
