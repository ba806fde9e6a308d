// The volunteer's day.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/today',
    component: () => import('./TodayPage.vue'),
    meta: { tab: 'today', title: '今日' },
  },
];
