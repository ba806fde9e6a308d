// Office page of the change feed: phones that were not heard of, for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];
const name = '没联系上的手机';

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/silent',
    component: () => import('./OfficeSilentPage.vue'),
    meta: { tab: 'menu', title: name, homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [{ to: '/office/silent', name, homes, order: 26 }];
