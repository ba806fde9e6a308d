// What a device says of a push is not lost for want of a network.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { say, sayKept } from './receipts';

const kept = new Map<string, Request>();
let status: number | null = 204;
const sent: [string, string][] = [];

beforeEach(() => {
  kept.clear();
  sent.length = 0;
  status = 204;
  vi.stubGlobal('fetch', (address: string, options: { body: string }) => {
    if (status === null) return Promise.reject(new TypeError('offline'));
    sent.push([address, options.body]);
    return Promise.resolve(new Response(null, { status }));
  });
  vi.stubGlobal('caches', {
    open: () =>
      Promise.resolve({
        keys: () => Promise.resolve([...kept.values()]),
        put: (path: string) => {
          kept.set(path, { url: `https://h.example${path}` } as Request);
          return Promise.resolve();
        },
        delete: (request: Request) => {
          kept.delete(request.url.replace('https://h.example', ''));
          return Promise.resolve(true);
        },
      }),
  });
});

describe('without a network', () => {
  it('a sign is kept, and said with the next one', async () => {
    status = null;
    await say('one', 'shown');
    expect(kept.size).toBe(1);
    status = 204;
    await say('two', 'opened');
    expect(sent).toEqual([
      ['/api/v1/push/receipts/two', '{"sign":"opened"}'],
      ['/api/v1/push/receipts/one', '{"sign":"shown"}'],
    ]);
    expect(kept.size).toBe(0);
  });

  it('a server that is down is asked again, one that refuses is not', async () => {
    status = 503;
    await say('one', 'shown');
    await sayKept();
    expect(kept.size).toBe(1);
    status = 404;
    await sayKept();
    expect(kept.size).toBe(0);
  });

  it('no more is kept than a phone may forget', async () => {
    status = null;
    for (let number = 0; number < 60; number++) await say(`slip${number}`, 'shown');
    expect(kept.size).toBe(50);
  });
});
