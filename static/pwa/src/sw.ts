// The service worker: opens the app without a network, shows pushes, keeps the subscription, sends what waits. /api is never touched.
import { openShellOffline } from './sw/shell';
import { openNotification, showPush } from './sw/push';
import { sayKept } from './sw/receipts';
import { renewHere } from './sw/renewing';
import { sendWaiting } from './sw/sync';

declare const self: ServiceWorkerGlobalScope;

openShellOffline();

self.addEventListener('push', (event) => event.waitUntil(showPush(event)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openNotification(event)));
self.addEventListener('pushsubscriptionchange', (event) =>
  (event as ExtendableEvent).waitUntil(renewHere()),
);
self.addEventListener('sync', (event) =>
  (event as ExtendableEvent).waitUntil(Promise.all([sendWaiting(), sayKept()])),
);
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if ((event.data as { kind?: string } | null)?.kind === 'take-over') void self.skipWaiting();
});
