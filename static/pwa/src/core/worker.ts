// Registers the service worker, and says when a new version is ready to take over.
import { ref } from 'vue';

export const updateReady = ref(false);
let waiting: ServiceWorker | null = null;

function ready(worker: ServiceWorker | null): void {
  if (!worker) return;
  waiting = worker;
  updateReady.value = true;
}

function watchForUpdate(registration: ServiceWorkerRegistration): void {
  if (registration.waiting && navigator.serviceWorker.controller) ready(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller) ready(coming);
    });
  });
}

export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker
    .register('/app/sw.js', { scope: '/app/', updateViaCache: 'none' })
    .then(watchForUpdate)
    .catch(() => undefined);
  reopenUnderNewVersion();
}

/** Every tab opens anew when another version takes over: the old one cannot read a newer store. */
function reopenUnderNewVersion(): void {
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) window.location.reload();
    controlled = true; // the first worker of all only joins the page
  });
}

/** The person asked for the new version: it takes over. */
export function takeUpdate(): void {
  waiting?.postMessage({ kind: 'take-over' });
}
