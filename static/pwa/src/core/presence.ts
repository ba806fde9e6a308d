// Whether somebody uses this page now. Asking is a sign of life to the server, and a person who
// has gone away must be able to time out: what asks by itself asks here first.
const IDLE_MS = 5 * 60_000;
const SIGNS = ['pointerdown', 'keydown', 'visibilitychange'];

let touched = Date.now();

export function isPresent(now: number = Date.now()): boolean {
  return document.visibilityState === 'visible' && now - touched < IDLE_MS;
}

export function watchPresence(): void {
  for (const sign of SIGNS)
    document.addEventListener(sign, () => (touched = Date.now()), { passive: true });
}
