// Spreadsheets of tickets: exports for every office, hand-overs for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];
const committee: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/exports',
    component: () => import('./OfficeExportsPage.vue'),
    meta: { tab: 'menu', title: '导出', homes },
  },
  {
    path: '/office/hand-overs',
    component: () => import('./OfficeHandOversPage.vue'),
    meta: { tab: 'menu', title: '导入工单', homes: committee },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/exports', name: '导出', homes, order: 72 },
  { to: '/office/hand-overs', name: '导入工单', homes: committee, order: 71 },
];
