// The ticket board, for every office.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';
import { queueLinks } from './queues';

const homes: Home[] = ['committee', 'property', 'owners', 'social', 'subdistrict'];

export const routes: RouteRecordRaw[] = [
  {
    path: '/office/board/:queue?',
    component: () => import('./OfficeBoardPage.vue'),
    meta: { tab: 'board', title: '工单', homes },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/board', name: '工单', homes, order: 10, under: queueLinks },
];
