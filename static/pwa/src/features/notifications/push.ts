// Asking the browser for Web Push, and telling the server where to send it.
import { api } from '@/core/api';
import { deviceName } from '@/core/session';

const PATIENCE_MS = 15_000;

export type Fate = 'on' | 'denied' | 'unreachable' | 'unsupported';

export function supported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** base64url without padding, as the server says its key, into bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  return Promise.race([work.catch(() => null), late]);
}

/** Subscribes this browser. It may never answer where its push service is blocked: a time-out. */
export async function turnOn(): Promise<Fate> {
  if (!supported()) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { public_key } = await api.get<{ public_key: string }>('/push/key');
  const registration = await inTime(navigator.serviceWorker.ready);
  if (!registration) return 'unreachable';
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(public_key) };
  const subscription = await inTime(registration.pushManager.subscribe(options));
  if (!subscription) return 'unreachable';
  const { endpoint, keys } = subscription.toJSON();
  await api.post('/push/subscriptions', { endpoint, keys, device_name: deviceName() });
  return 'on';
}

/** Unsubscribes this browser; the server forgets it through the list. */
export async function turnOff(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}
