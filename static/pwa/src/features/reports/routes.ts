// 三率: for offices, each what it may see.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];
const name = '三率';

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
];
export const officeMenu: OfficeMenuItem[] = [{ to: '/office/rates', name, homes, order: 16 }];
