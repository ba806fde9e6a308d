// A push becomes a notification; tapping it opens what it is about, in the open app if there is one.
import { say } from './receipts';

declare const self: ServiceWorkerGlobalScope;

interface PushMessage {
  title: string;
  body: string;
  tag: string;
  link: string;
  unread: number | null;
  receipt: string | null;
}

interface Kept {
  link?: unknown;
  receipt?: unknown;
}

const SILENT: PushMessage = {
  title: '红邻',
  body: '有新消息，请打开看看。',
  tag: 'honglin',
  link: '/inbox',
  unread: null,
  receipt: null,
};

function read(event: PushEvent): PushMessage {
  try {
    return { ...SILENT, ...(event.data?.json() as Partial<PushMessage> | undefined) };
  } catch {
    return SILENT;
  }
}

/** One notification for one thing: a newer one takes its place, and sounds only if it says more. */
async function show(message: PushMessage): Promise<void> {
  const before = await self.registration.getNotifications({ tag: message.tag });
  await self.registration.showNotification(message.title, {
    body: message.body,
    tag: message.tag,
    renotify: before.some((one) => one.title !== message.title),
    icon: '/app/icons/icon-192.png',
    lang: 'zh-CN',
    data: { link: message.link, receipt: message.receipt } satisfies Kept,
  } as NotificationOptions);
}

/** The number on the app's icon, where there is one. */
async function number(count: number | null): Promise<void> {
  if (count === null || !('setAppBadge' in navigator)) return;
  await navigator.setAppBadge(count).catch(() => undefined);
}

export async function showPush(event: PushEvent): Promise<void> {
  const message = read(event);
  await Promise.all([show(message), number(message.unread)]);
  if (message.receipt) await say(message.receipt, 'shown');
}

/** Only a path inside the app is opened, whatever the message says. */
export function safeTarget(link: unknown): string {
  const inside = typeof link === 'string' && /^\/[A-Za-z0-9]/.test(link) && !link.includes('\\');
  const path = inside ? link : '/inbox';
  return path.startsWith('/app/') ? path : `/app${path}`;
}

function ours(windows: readonly Client[]): WindowClient | undefined {
  const inApp = windows.filter((one) => new URL(one.url).pathname.startsWith('/app/'));
  return inApp[0] as WindowClient | undefined; // the one used last comes first
}

async function open(target: string): Promise<void> {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const known = ours(all);
  const front = await known?.focus().catch(() => null);
  if (!front) await self.clients.openWindow(target);
  else front.postMessage({ kind: 'open', link: target.slice('/app'.length) });
}

export async function openNotification(event: NotificationEvent): Promise<void> {
  event.notification.close();
  const kept = (event.notification.data ?? {}) as Kept;
  await open(safeTarget(kept.link));
  if (typeof kept.receipt !== 'string') return;
  await say(kept.receipt, 'opened'); // opened is read
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  ours(all)?.postMessage({ kind: 'read' });
}
