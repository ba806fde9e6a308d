// 服务时长: one's own, a leader's list.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/me/hours',
    component: () => import('./HoursPage.vue'),
    meta: { title: '服务时长' },
  },
  {
    path: '/me/hours/confirm',
    component: () => import('./ConfirmHoursPage.vue'),
    meta: { title: '请您确认时长' },
  },
];
