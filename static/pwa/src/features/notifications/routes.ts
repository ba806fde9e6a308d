// The inbox, notifications on this device, and channels of one's own.
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
  {
    path: '/me/channels',
    component: () => import('./ChannelsPage.vue'),
    meta: { title: '我的提醒方式' },
  },
];
