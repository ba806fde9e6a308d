// How far this phone's clock is from the server's. It is shown, and never decides anything.
const IGNORED_MS = 5 * 60_000;

let skew = 0;
const listeners = new Set<(seconds: number) => void>();

/** Seconds by which the phone is fast (slow: negative); 0 within five minutes. */
export function skewSeconds(): number {
  return skew;
}

export function whenSkewChanges(listener: (seconds: number) => void): void {
  listeners.add(listener);
  listener(skew);
}

/** `date` is the server's, which fell somewhere between sending and receiving. */
export function skewOf(date: string | null, sent: number, received: number): number | null {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return null;
  const fast = Math.max(0, sent - server);
  const slow = Math.max(0, server - received);
  return Math.max(fast, slow) < IGNORED_MS ? 0 : Math.round((fast - slow) / 1000);
}

export function noteClock(date: string | null, sent: number, received: number): void {
  const now = skewOf(date, sent, received);
  if (now === null || now === skew) return;
  skew = now;
  for (const listener of listeners) listener(now);
}
