// Office pages of visits: rounds, and what has to be settled, for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';
import { settleCount } from '../settling';

const homes: Home[] = ['committee'];
const meta = { tab: 'menu' as const, title: '走访轮次', homes };
const form = () => import('./OfficeRoundFormPage.vue');

export const routes: RouteRecordRaw[] = [
  { path: '/office/rounds', component: () => import('./OfficeRoundsPage.vue'), meta },
  { path: '/office/rounds/new', component: form, meta },
  { path: '/office/rounds/:id/edit', component: form, props: true, meta },
  {
    path: '/office/rounds/:id',
    component: () => import('./OfficeRoundPage.vue'),
    props: true,
    meta,
  },
  {
    path: '/office/owed',
    component: () => import('../owed/OfficeOwedPage.vue'),
    meta: { ...meta, title: '该上门的' },
  },
  {
    path: '/office/settle',
    component: () => import('./OfficeSettlePage.vue'),
    meta: { ...meta, title: '请您定一定' },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/owed', name: '该上门的', homes, order: 19 },
  { to: '/office/rounds', name: '走访轮次', homes, order: 20 },
  { to: '/office/settle', name: '请您定一定', homes, order: 22, count: settleCount },
];
