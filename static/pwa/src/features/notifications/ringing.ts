// While the app is open: the subscription is renewed at each start, the number on the app's icon is
// that of the inbox, and what was read here is taken off the screen.
import { watch } from 'vue';
import { signedIn, who } from '@/core/session';
import { renew } from '@/core/subscribing';
import { supported } from './push';
import { told, type Told, unread } from './unread';

/** Best effort: the inbox is there without it. */
async function renewHere(): Promise<void> {
  const person = who.current?.person.id;
  if (!person || !supported() || Notification.permission !== 'granted') return;
  const { pushManager } = await navigator.serviceWorker.ready;
  await renew(person, pushManager);
}

async function number(count: number): Promise<void> {
  if (!('setAppBadge' in navigator)) return;
  await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge());
}

/** The links of which everything has been read. */
export function settled(items: readonly Told[]): Set<string> {
  const open = new Set(items.filter((one) => one.read_at === null).map((one) => one.link));
  return new Set(items.map((one) => one.link).filter((link) => !open.has(link)));
}

async function takeOff(links: ReadonlySet<string>): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const link = (shown.data as { link?: string } | null)?.link;
    if (link !== undefined && links.has(link)) shown.close();
  }
}

const quietly = (work: Promise<void>): void => void work.catch(() => undefined);

export function keepRinging(): void {
  watch(
    () => who.current?.person.id,
    () => quietly(renewHere()),
    { immediate: true },
  );
  watch([told, signedIn], ([items, known]) => {
    if (items !== null || !known) quietly(number(known ? unread.value : 0));
    if (items && known && supported()) quietly(takeOff(settled(items)));
  });
}
