// The browser has given this app another address to be rung at: the server is told.
import { useCsrfToken } from '@/core/api';
import { readSession } from '@/core/owner';
import { renew } from '@/core/subscribing';

declare const self: ServiceWorkerGlobalScope;

export async function renewHere(): Promise<void> {
  const session = await readSession();
  if (!session) return;
  useCsrfToken(session.csrf_token, session.person.id);
  await renew(session.person.id, self.registration.pushManager);
}
