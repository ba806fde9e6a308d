// This browser's subscription to Web Push, for the page and for its worker: made, kept in step with
// the server's key, handed to the server. Whose wish it is stays on the phone.
import { api } from './api';
import { readText, RUNG, writeSetting } from './db';
import { deviceName } from './device';

/** base64url without padding, as the server says its key, into bytes. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

function isMadeWith(key: Uint8Array, subscription: PushSubscription): boolean {
  const used = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return used.length === key.length && used.every((byte, at) => byte === key[at]);
}

/** The subscription with the server's present key; one that was made with another is given up. */
async function subscription(push: PushManager): Promise<PushSubscription> {
  const { public_key } = await api.get<{ public_key: string }>('/push/key');
  const key = bytesOf(public_key);
  const before = await push.getSubscription();
  if (before && isMadeWith(key, before)) return before;
  await before?.unsubscribe();
  return push.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** Subscribes and tells the server. The same again changes nothing there. */
export async function subscribe(push: PushManager): Promise<void> {
  const { endpoint, keys } = (await subscription(push)).toJSON();
  await api.post('/push/subscriptions', { endpoint, keys, device_name: deviceName() });
}

/** This person wants to be rung here; an empty name: nobody does. */
export function wish(person: string): Promise<void> {
  return writeSetting(RUNG, person);
}

/** Subscribes anew where this person wants it: the browser or the server may have lost it. */
export async function renew(person: string, push: PushManager): Promise<boolean> {
  if (!person || (await readText(RUNG)) !== person) return false;
  await subscribe(push);
  return true;
}
