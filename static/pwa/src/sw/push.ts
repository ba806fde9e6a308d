// A push becomes a notification; tapping it opens what it is about, in the open app if there is one.
declare const self: ServiceWorkerGlobalScope;

interface PushMessage {
  title: string;
  body: string;
  tag: string;
  link: string;
}

function read(event: PushEvent): PushMessage {
  let said: Partial<PushMessage> = {};
  try {
    said = (event.data?.json() ?? {}) as Partial<PushMessage>;
  } catch {
    said = {};
  }
  return {
    title: said.title ?? '红邻',
    body: said.body ?? '有新消息，请打开看看。',
    tag: said.tag ?? 'honglin',
    link: said.link ?? '/inbox',
  };
}

export async function showPush(event: PushEvent): Promise<void> {
  const message = read(event);
  await self.registration.showNotification(message.title, {
    body: message.body,
    tag: message.tag,
    icon: '/app/icons/icon-192.png',
    lang: 'zh-CN',
    data: { link: message.link },
  });
}

/** Only a path inside the app is opened, whatever the message says. */
export function safeTarget(link: unknown): string {
  const inside = typeof link === 'string' && /^\/[A-Za-z0-9]/.test(link) && !link.includes('\\');
  const path = inside ? link : '/inbox';
  return path.startsWith('/app/') ? path : `/app${path}`;
}

export async function openNotification(event: NotificationEvent): Promise<void> {
  event.notification.close();
  const target = safeTarget((event.notification.data as { link?: unknown } | null)?.link);
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find((client) => new URL(client.url).pathname.startsWith('/app/'));
  if (!open) {
    await self.clients.openWindow(target);
    return;
  }
  await open.focus();
  open.postMessage({ kind: 'open', link: target.slice('/app'.length) });
}
