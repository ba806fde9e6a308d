// The app's own files: precached at install; office pieces are kept when first opened.
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const __PRECACHE__: { url: string; revision: string | null }[];

const LATER = 'honglin-later';

async function keptOrFetched({ request }: { request: Request }): Promise<Response> {
  const cache = await caches.open(LATER);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

export function openShellOffline(): void {
  cleanupOutdatedCaches();
  precacheAndRoute(__PRECACHE__);
  registerRoute(new NavigationRoute(createHandlerBoundToURL('/app/index.html')));
  registerRoute(({ url }) => url.pathname.startsWith('/app/assets/'), keptOrFetched);
}
