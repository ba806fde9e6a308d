// The subscription is kept in step with the server's key and with whose wish it is.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api';
import { db } from './db';
import { forgetReadings, keepSession, wipe } from './owner';
import { bytesOf, renew, wish } from './subscribing';

const KEY = 'AQID';
const posted = vi.spyOn(api, 'post').mockResolvedValue(undefined);
vi.spyOn(api, 'get').mockResolvedValue({ public_key: KEY });

const gaveUp = vi.fn(() => Promise.resolve(true));

function made(key: string | null): PushSubscription {
  return {
    options: { applicationServerKey: key === null ? null : bytesOf(key).buffer },
    unsubscribe: gaveUp,
    toJSON: () => ({ endpoint: `https://push.example/${key ?? 'none'}`, keys: {} }),
  } as unknown as PushSubscription;
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
  gaveUp.mockClear();
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
    await renew('me', manager(made(key)));
    expect(gaveUp).toHaveBeenCalledOnce();
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
