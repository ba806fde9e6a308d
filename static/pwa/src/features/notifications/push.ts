// Web Push on this device, as a person switches it on and off.
import { subscribe, wish } from '@/core/subscribing';

const PATIENCE_MS = 15_000;

export type Fate = 'on' | 'denied' | 'unreachable' | 'unsupported';

export function supported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Late()), PATIENCE_MS));
  return Promise.race([work, late]);
}

class Late extends Error {}

/** A browser whose push service is blocked says so, or never answers. */
function isUnreachable(error: unknown): boolean {
  return error instanceof Late || error instanceof DOMException;
}

/** Subscribes this browser for this person. */
export async function turnOn(person: string): Promise<Fate> {
  if (!supported()) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    const { pushManager } = await inTime(navigator.serviceWorker.ready);
    await inTime(subscribe(pushManager));
  } catch (error) {
    if (isUnreachable(error)) return 'unreachable';
    throw error;
  }
  await wish(person);
  return 'on';
}

/** Unsubscribes this browser; the server forgets it through the list. */
export async function turnOff(): Promise<void> {
  await wish('');
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
