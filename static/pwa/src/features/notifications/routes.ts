// The inbox, and notifications on this device.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/inbox',
    component: () => import('./InboxPage.vue'),
    meta: { tab: 'inbox', title: '消息' },
  },
  {
    path: '/me/push',
    component: () => import('./PushPage.vue'),
    meta: { title: '消息提醒' },
  },
];
