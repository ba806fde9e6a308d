// Households, pairings and teams, for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/me/availability',
    component: () => import('./free/AvailabilityPage.vue'),
    meta: { title: '方便的时间' },
  },
  {
    path: '/office/households',
    component: () => import('./OfficeHouseholdsPage.vue'),
    meta: { tab: 'menu', title: '住户', homes },
  },
  {
    path: '/office/pairings',
    component: () => import('./OfficePairingsPage.vue'),
    meta: { tab: 'menu', title: '结对', homes },
  },
  {
    path: '/office/keeping',
    component: () => import('./keeping/OfficeKeepingPage.vue'),
    meta: { tab: 'menu', title: '照看', homes },
  },
  {
    path: '/office/teams',
    component: () => import('./OfficeTeamsPage.vue'),
    meta: { tab: 'menu', title: '队伍', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/households', name: '住户', homes, order: 30 },
  { to: '/office/pairings', name: '结对', homes, order: 40 },
  { to: '/office/keeping', name: '照看', homes, order: 45 },
  { to: '/office/teams', name: '队伍', homes, order: 50 },
];
