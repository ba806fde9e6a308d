// 其他系统: which systems may report here, and which are told. For who keeps a community.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];
const name = '其他系统';

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/systems',
    component: () => import('./OfficeSystemsPage.vue'),
    meta: { tab: 'menu', title: name, homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [{ to: '/office/systems', name, homes, order: 74 }];
