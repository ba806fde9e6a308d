// The volunteer's day: what is asked, what is mine, and the record.
import type { RouteRecordRaw } from 'vue-router';
import { isOffice } from '@/core/session';
import TodayPage from './TodayPage.vue'; // what opens first comes with the first piece

export const routes: RouteRecordRaw[] = [
  {
    path: '/today',
    component: TodayPage,
    meta: { tab: 'today', title: '今日' },
  },
  {
    path: '/proposals',
    component: () => import('./ProposalsPage.vue'),
    meta: { title: '请您去看看' },
  },
  {
    path: '/visits',
    component: () => import('./ComingPage.vue'),
    meta: { title: '后面几天的走访' },
  },
  {
    path: '/visits/new',
    component: () => import('./NewVisitPage.vue'),
    meta: { title: '补记走访' },
  },
  {
    path: '/visits/stair/:unitId',
    component: () => import('./StairPage.vue'),
    props: true,
    meta: { title: '整单元都平安' },
  },
  {
    path: '/visits/settle',
    component: () => import('./SettlePage.vue'),
    meta: { title: '请您定一定' },
    beforeEnter: () => (isOffice.value ? '/office/settle' : true),
  },
  {
    path: '/visits/strays',
    component: () => import('./StraysPage.vue'),
    meta: { title: '交给负责人的记录' },
  },
  {
    path: '/visits/household/:id',
    component: () => import('./HouseholdVisitsPage.vue'),
    props: true,
    meta: { title: '以前的走访' },
  },
  {
    path: '/visits/:id/correct',
    component: () => import('./CorrectPage.vue'),
    props: true,
    meta: { title: '更正记录' },
  },
  {
    path: '/visits/:id',
    component: () => import('./VisitPage.vue'),
    props: true,
    meta: { title: '走访' },
  },
];
