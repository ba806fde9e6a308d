// Reporting a matter and following it. The offices' board is in office/.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/tickets/new',
    component: () => import('./NewTicketPage.vue'),
    meta: { tab: 'report', title: '报事' },
  },
  {
    path: '/tickets',
    component: () => import('./TicketsPage.vue'),
    meta: { tab: 'tickets', title: '工单' },
  },
  {
    path: '/tickets/:id',
    component: () => import('./TicketPage.vue'),
    props: true,
    meta: { title: '工单' },
  },
  {
    path: '/followed/:id',
    component: () => import('./FollowedPage.vue'),
    props: true,
    meta: { tab: 'tickets', title: '我也遇到的' },
  },
];
