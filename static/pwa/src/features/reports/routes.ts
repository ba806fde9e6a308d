// 三率 and 走访覆盖: for offices, each what it may see; and everybody's own month.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];
const overseers: Home[] = ['committee', 'subdistrict'];
const name = '三率';
const coverage = '走访覆盖';

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/rates',
    component: () => import('./OfficeRatesPage.vue'),
    meta: { tab: 'menu', title: name, homes },
  },
  {
    path: '/office/rates/tickets',
    component: () => import('./OfficeRatedPage.vue'),
    meta: { tab: 'menu', title: '这个数是怎么来的', homes },
  },
  {
    path: '/office/coverage',
    component: () => import('./OfficeCoveragePage.vue'),
    meta: { tab: 'menu', title: coverage, homes: overseers },
  },
  {
    path: '/me/month',
    component: () => import('./MyMonthPage.vue'),
    meta: { title: '我的这个月' },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/rates', name, homes, order: 16 },
  { to: '/office/coverage', name: coverage, homes: overseers, order: 21 },
];
