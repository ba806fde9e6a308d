// Office pages of identity: people and invitations.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/people',
    component: () => import('./OfficePeoplePage.vue'),
    meta: { tab: 'menu', title: '人员', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/people', name: '人员', homes, order: 60 },
];
