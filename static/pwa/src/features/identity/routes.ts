// Sign-in, joining by invitation, and what is mine.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    component: () => import('./SignInPage.vue'),
    meta: { public: true, title: '登录' },
  },
  {
    path: '/join/:token',
    component: () => import('./JoinPage.vue'),
    props: true,
    meta: { public: true, title: '加入' },
  },
  { path: '/me', component: () => import('./MePage.vue'), meta: { tab: 'me', title: '我的' } },
  {
    path: '/me/devices',
    component: () => import('./DevicesPage.vue'),
    meta: { title: '登录的设备' },
  },
  {
    path: '/me/password',
    component: () => import('./PasswordPage.vue'),
    meta: { title: '改密码' },
  },
];
