// Office pages of visits: rounds, for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

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
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/rounds', name: '走访轮次', homes, order: 20 },
];
