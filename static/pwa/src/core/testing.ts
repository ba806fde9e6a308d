// What Node lacks and the tests need: IndexedDB and locks. Loaded by vitest only, before each file of
// tests: files share a process (starting one took longer than the tests), and nothing else.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';

vi.resetModules();
vi.restoreAllMocks();
vi.unstubAllGlobals();
vi.useRealTimers();
Dexie.dependencies.indexedDB = globalThis.indexedDB = new IDBFactory();

const tails = new Map<string, Promise<unknown>>();

const locks = {
  async request<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = tails.get(name) ?? Promise.resolve();
    const mine = before.then(act, act);
    tails.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  },
};

if (!('navigator' in globalThis)) {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
}
Object.defineProperty(globalThis.navigator, 'locks', { value: locks, configurable: true });
