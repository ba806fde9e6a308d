// Addresses of the app and who may open them.
import { createRouter, createWebHistory, type RouteLocationRaw } from 'vue-router';
import { routes } from './areas';
import { home, isAdmin, signedIn, startPage } from './core/session';

export const router = createRouter({
  history: createWebHistory('/app/'),
  // The first page is at its top already: saying so would lay it out once more.
  scrollBehavior: (_to, from, saved) => saved ?? (from.matched.length > 0 && { top: 0 }),
  routes: [
    { path: '/', redirect: () => (signedIn.value ? startPage() : '/sign-in') },
    ...routes,
    {
      path: '/menu',
      component: () => import('./MenuPage.vue'),
      meta: { tab: 'menu', title: '菜单' },
    },
    { path: '/:rest(.*)*', component: () => import('./MissingPage.vue'), meta: { public: true } },
  ],
});

export function toSignIn(next: string): RouteLocationRaw {
  return next === '/' ? '/sign-in' : { path: '/sign-in', query: { next } };
}

router.beforeEach((to) => {
  if (to.meta.public) return true;
  if (!signedIn.value) return toSignIn(to.fullPath);
  const may = !to.meta.homes || to.meta.homes.includes(home.value);
  if (!may && !(to.meta.admins && isAdmin.value)) return startPage();
  return true;
});

/** A screen reader hears where it is: the tab's title and the page's heading. */
router.afterEach((to, from) => {
  document.title = to.meta.title ? `${to.meta.title} · 红邻` : '红邻';
  if (from.matched.length > 0 && to.path !== from.path) hearHeading();
});

/** Unless the page has put the focus by then where its work begins. */
function hearHeading(): void {
  const before = document.activeElement;
  setTimeout(() => {
    if ([before, document.body].includes(document.activeElement))
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, 60);
}

/** After a new build the old page's pieces may be gone: open the page anew, once. */
router.onError((error: unknown, to) => {
  const stale = error instanceof Error && /dynamically imported|module script/i.test(error.message);
  if (stale && navigator.onLine && sessionStorage.getItem('reopened') !== to.fullPath) {
    sessionStorage.setItem('reopened', to.fullPath);
    window.location.assign(router.resolve(to.fullPath).href);
  }
});
