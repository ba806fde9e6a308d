// 派单规则 and 值班: who leads what, and who is there.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const committee: Home[] = ['committee'];
const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/routing',
    component: () => import('./OfficeRoutingPage.vue'),
    meta: { tab: 'menu', title: '派单规则', homes: committee },
  },
  {
    path: '/duty',
    component: () => import('./DutyPage.vue'),
    meta: { tab: 'me', title: '值班' },
  },
  {
    path: '/duty/:id',
    component: () => import('./DutyListPage.vue'),
    props: true,
    meta: { tab: 'me', title: '值班表' },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/duty', name: '值班', homes, order: 16 },
  { to: '/office/routing', name: '派单规则', homes: committee, order: 73 },
];
