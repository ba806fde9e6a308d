// The subscription is kept in step with the server's key and with whose wish it is.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api';
import { db } from './db';
import { forgetReadings, keepSession, wipe } from './owner';
import { bytesOf, renew, wish } from './subscribing';

const KEY = 'AQID';
const posted = vi.spyOn(api, 'post').mockResolvedValue(undefined);
vi.spyOn(api, 'get').mockResolvedValue({ public_key: KEY });

function made(key: string | null): PushSubscription & { unsubscribe: ReturnType<typeof vi.fn> } {
  return {
    options: { applicationServerKey: key === null ? null : bytesOf(key).buffer },
    unsubscribe: vi.fn(() => Promise.resolve(true)),
    toJSON: () => ({ endpoint: `https://push.example/${key ?? 'none'}`, keys: {} }),
  } as unknown as ReturnType<typeof made>;
}

const subscribed = vi.fn(() => Promise.resolve(made(KEY)));

function manager(before: PushSubscription | null): PushManager {
  return {
    getSubscription: () => Promise.resolve(before),
    subscribe: subscribed,
  } as unknown as PushManager;
}

beforeEach(async () => {
  await db.settings.clear();
  posted.mockClear();
  subscribed.mockClear();
});

describe('at each start', () => {
  it('who wants to be rung here is told to the server again', async () => {
    await wish('me');
    const push = manager(made(KEY));
    expect(await renew('me', push)).toBe(true);
    expect(subscribed).not.toHaveBeenCalled();
    expect(posted.mock.calls[0]?.[1]).toMatchObject({ endpoint: `https://push.example/${KEY}` });
  });

  it.each([
    ['made with another key', 'AQIE'],
    ['of an unknown key', null],
  ])('a subscription %s is replaced', async (_, key) => {
    await wish('me');
    const [before] = [made(key)];
    const push = manager(before);
    await renew('me', push);
    expect(before.unsubscribe).toHaveBeenCalledOnce();
    expect(subscribed).toHaveBeenCalledOnce();
  });

  it('one that the browser has lost is made again', async () => {
    await wish('me');
    const push = manager(null);
    await renew('me', push);
    expect(subscribed).toHaveBeenCalledOnce();
  });

  it.each(['', 'somebody else'])('nobody is rung who has not asked for it (%s)', async (person) => {
    await wish('me');
    expect(await renew(person, manager(made(KEY)))).toBe(false);
    expect(posted).not.toHaveBeenCalled();
  });
});

describe('the wish', () => {
  it('outlives a sign-in that ran out, and goes with signing out', async () => {
    await keepSession({ person: { id: 'me' }, csrf_token: 't' });
    await wish('me');
    await forgetReadings();
    expect(await renew('me', manager(null))).toBe(true);
    await wipe();
    expect(await renew('me', manager(null))).toBe(false);
  });
});
