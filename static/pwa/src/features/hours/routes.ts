// 服务时长: one's own, a leader's list, the committee's ledger; and a page to check a certificate.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/me/hours',
    component: () => import('./HoursPage.vue'),
    meta: { title: '服务时长' },
  },
  {
    path: '/me/hours/confirm',
    component: () => import('./ConfirmHoursPage.vue'),
    meta: { title: '请您确认时长' },
  },
  {
    path: '/certificate',
    component: () => import('./CheckPage.vue'),
    meta: { public: true, title: '查验服务证明' },
  },
  {
    path: '/office/hours',
    component: () => import('./OfficeHoursPage.vue'),
    meta: { tab: 'menu', title: '服务时长', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/hours', name: '服务时长', homes, order: 48 },
];
