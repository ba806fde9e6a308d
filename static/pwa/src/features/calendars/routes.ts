// 日历订阅: one's visits, duty and patrols in the calendar one uses anyway.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/me/calendar',
    component: () => import('./CalendarPage.vue'),
    meta: { tab: 'me', title: '日历订阅' },
  },
];
