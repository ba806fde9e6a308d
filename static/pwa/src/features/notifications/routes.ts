// The inbox, notifications on this device, channels of one's own, whom nothing reaches, and when one
// is told.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';
import type { Home } from '@/core/session';

const homes: Home[] = ['committee'];
const unreachable = '联系不上的人';

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
  {
    path: '/me/unreachable',
    component: () => import('./UnreachablePage.vue'),
    meta: { title: unreachable },
  },
  {
    path: '/office/unreachable',
    component: () => import('./OfficeUnreachablePage.vue'),
    meta: { tab: 'menu', title: unreachable, homes },
  },
  {
    path: '/me/telling',
    component: () => import('./TellingPage.vue'),
    meta: { title: '什么时候提醒我' },
  },
  {
    path: '/office/telling',
    component: () => import('./OfficeTellingPage.vue'),
    meta: { tab: 'menu', title: '谁会收到什么', homes, admins: true },
  },
];
export const officeMenu: OfficeMenuItem[] = [
  { to: '/office/unreachable', name: unreachable, homes, order: 61 },
  { to: '/office/telling', name: '谁会收到什么', homes, admins: true, order: 76 },
];
