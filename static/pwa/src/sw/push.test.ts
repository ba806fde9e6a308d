// A push on its way to the screen, the number on the icon, and where a tap leads.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openNotification, safeTarget, showPush } from './push';

interface Shown {
  title: string;
  tag?: string;
  renotify?: boolean;
  data?: unknown;
}

const screen: Shown[] = [];
const badge = vi.fn(() => Promise.resolve());
type Send = (address: string, options: { body: string; credentials: string }) => Promise<Response>;
const sent = vi.fn<Send>(() => Promise.resolve(new Response(null, { status: 204 })));
const opened = vi.fn();
const heard = vi.fn();
let windows: { url: string; focus: () => Promise<unknown>; postMessage: typeof heard }[] = [];

const said = { title: '有一件工单', body: '点开看看', tag: 't', link: '/tickets/1' };

function push(message: object): Promise<void> {
  return showPush({ data: { json: () => message } } as unknown as PushEvent);
}

function tap(data: unknown): Promise<void> {
  const notification = { data, close: vi.fn() };
  return openNotification({ notification } as unknown as NotificationEvent);
}

function appWindow(url = 'https://h.example/app/today'): (typeof windows)[number] {
  const one = { url, focus: () => Promise.resolve(one as unknown), postMessage: heard };
  return one;
}

beforeEach(() => {
  screen.length = 0;
  windows = [];
  vi.clearAllMocks();
  vi.stubGlobal('fetch', sent);
  vi.stubGlobal('navigator', { setAppBadge: badge });
  vi.stubGlobal('caches', {
    open: () => Promise.resolve({ keys: () => Promise.resolve([]), put: heard }),
  });
  vi.stubGlobal('self', {
    registration: {
      getNotifications: ({ tag }: { tag: string }) =>
        Promise.resolve(screen.filter((one) => one.tag === tag)),
      showNotification: (title: string, options: object) => {
        screen.push({ title, ...options });
        return Promise.resolve();
      },
    },
    clients: { matchAll: () => Promise.resolve(windows), openWindow: opened },
  });
});

describe('a push', () => {
  it('shows, numbers the icon and tells the server with its slip, as nobody', async () => {
    await push({ ...said, unread: 3, receipt: 'slip' });
    expect(screen).toMatchObject([{ title: '有一件工单', tag: 't', renotify: false }]);
    expect(badge).toHaveBeenCalledWith(3);
    const [address, options] = sent.mock.calls[0] ?? [];
    expect(address).toBe('/api/v1/push/receipts/slip');
    expect(options).toMatchObject({ credentials: 'omit', body: '{"sign":"shown"}' });
  });

  it('about the same thing sounds again only with other words', async () => {
    await push(said);
    await push(said);
    await push({ ...said, title: '催一催' });
    expect(screen.map((one) => one.renotify)).toEqual([false, false, true]);
  });

  it('that cannot be read still shows something, and says nothing to the server', async () => {
    await showPush({ data: { json: () => JSON.parse('{') as object } } as unknown as PushEvent);
    expect(screen).toMatchObject([{ title: '红邻' }]);
    expect(sent).not.toHaveBeenCalled();
    expect(badge).not.toHaveBeenCalled();
  });

  it('shows where the icon takes no number', async () => {
    vi.stubGlobal('navigator', {});
    await push({ ...said, unread: 1 });
    expect(screen).toHaveLength(1);
  });
});

describe('a tap', () => {
  it('opens the page in the app that is open, and has been read', async () => {
    windows = [appWindow('https://h.example/d/door'), appWindow()];
    await tap({ link: '/tickets/1', receipt: 'slip' });
    expect(opened).not.toHaveBeenCalled();
    expect(heard.mock.calls).toEqual([[{ kind: 'open', link: '/tickets/1' }], [{ kind: 'read' }]]);
    expect(sent.mock.calls[0]?.[1].body).toBe('{"sign":"opened"}');
  });

  it('opens the app where it is closed, or cannot come to the front', async () => {
    await tap({ link: '/tickets/1' });
    windows = [{ ...appWindow(), focus: () => Promise.reject(new Error('no')) }];
    await tap({ link: '/tickets/2' });
    expect(opened.mock.calls).toEqual([['/app/tickets/1'], ['/app/tickets/2']]);
  });
});

describe('a tapped notification', () => {
  it('opens its page inside the app', () => {
    expect(safeTarget('/tickets/1')).toBe('/app/tickets/1');
    expect(safeTarget('/app/today')).toBe('/app/today');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil', '', null, 7])(
    'opens the inbox for %s',
    (link) => expect(safeTarget(link)).toBe('/app/inbox'),
  );
});
