// Sign-in, joining by invitation, and what is mine.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    component: () => import('./SignInPage.vue'),
    meta: { public: true, title: '登录' },
  },
];
