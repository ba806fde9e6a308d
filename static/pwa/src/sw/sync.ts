// Background Sync: the browser calls when the network is back, also when no page is open.
import { drain } from '@/core/drain';

/** Fails while something could still go, so that the browser calls again. */
export async function sendWaiting(): Promise<void> {
  const left = await drain({ ignorePauses: true });
  if (left > 0) throw new Error('some requests could still go');
}
