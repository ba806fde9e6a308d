// Pages about places (import), for the committee.
import type { RouteRecordRaw } from 'vue-router';
import type { OfficeMenuItem } from '@/core/menu';

export const routes: RouteRecordRaw[] = [];
export const officeMenu: OfficeMenuItem[] = [];
