// 反复出现的事: what keeps coming back in a building, for the committee and the property company.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property'];
const name = '反复出现的事';

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/topics',
    component: () => import('./OfficeTopicsPage.vue'),
    meta: { tab: 'menu', title: name, homes },
  },
  {
    path: '/office/topics/:id',
    component: () => import('./OfficeTopicPage.vue'),
    props: true,
    meta: { tab: 'menu', title: name, homes: [...homes, 'owners', 'social'] },
  },
];
export const officeMenu: OfficeMenuItem[] = [{ to: '/office/topics', name, homes, order: 14 }];
