// What is kept can be opened by its owner only, and by nobody once the key is gone.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from './db';
import { keepSession, wipe } from './owner';
import { destroyKey, seal, sealBytes, sealer, unseal, unsealBytes, Unreadable } from './seal';

function signIn(id: string): Promise<void> {
  return keepSession({ person: { id }, csrf_token: 'token' });
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
  await signIn('me');
});

describe('a sealed value', () => {
  it('is opened again, and does not show what is in it', async () => {
    const sealed = await seal({ note: '老人一切都好' });
    const kept = 'data' in sealed ? new TextDecoder().decode(sealed.data) : '';
    expect(kept).not.toContain('老人');
    expect(await unseal(sealed)).toEqual({ note: '老人一切都好' });
  });

  it('is never sealed twice alike', async () => {
    const [one, other] = [await seal('same'), await seal('same')];
    expect('iv' in one && 'iv' in other && one.iv.join() !== other.iv.join()).toBe(true);
  });

  it('may be a picture', async () => {
    const photo = await unsealBytes(await sealBytes(new Blob(['picture'])));
    expect([await photo.text(), photo.type]).toEqual(['picture', 'image/jpeg']);
  });

  it('stays sealed for another person, and opens when its owner is back', async () => {
    const sealed = await seal('mine');
    await signIn('another');
    await destroyKey();
    await signIn('me');
    expect(await unseal(sealed)).toBe('mine');
  });

  it('can never be read again once the key is destroyed', async () => {
    const sealed = await seal('mine');
    expect(await unseal(sealed)).toBe('mine');
    await destroyKey();
    await expect(unseal(sealed)).rejects.toBeInstanceOf(Unreadable);
    await signIn('me'); // the same person, another key
    await expect(unseal(sealed)).rejects.toBeInstanceOf(Unreadable);
  });

  it('is opened by the new key where a tab still remembers the old one', async () => {
    await unseal(await seal('before'));
    await db.keys.clear(); // as another tab does it
    await signIn('me');
    expect(await unseal(await seal('after'))).toBe('after');
  });

  it('is not made any more for somebody who has just signed out', async () => {
    await wipe();
    await expect(seal('late')).rejects.toBeInstanceOf(Unreadable);
    expect(await db.keys.count()).toBe(0);
  });

  it('has one key, also when two tabs make it at once', async () => {
    const locks = await Promise.all([sealer('new'), sealer('new'), sealer('new')]);
    const sealed = await Promise.all(locks.map((lock, index) => lock(index)));
    expect(await Promise.all(sealed.map((one) => unseal(one)))).toEqual([0, 1, 2]);
  });

  it('has a key that nobody can take out of the browser', async () => {
    await seal('mine');
    const key = (await db.keys.get('me'))?.key;
    expect(key?.extractable).toBe(false);
  });
});

describe('where the browser has no cryptography', () => {
  it('values are kept as they are', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    try {
      expect(await seal('plain')).toEqual({ plain: 'plain' });
      expect(await unseal(await seal('plain'))).toBe('plain');
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
