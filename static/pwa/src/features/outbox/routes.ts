// What waits on this phone.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/me/outbox',
    component: () => import('./OutboxPage.vue'),
    meta: { title: '待上传' },
  },
];
