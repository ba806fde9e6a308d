// 群机器人: the robots of one's groups. For committees and the offices of property companies.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property'];
const name = '群机器人';

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/robots',
    component: () => import('./OfficeRobotsPage.vue'),
    meta: { tab: 'menu', title: name, homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [{ to: '/office/robots', name, homes, order: 75 }];
