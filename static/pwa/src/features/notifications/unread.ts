// How many messages wait unread; shown on the tab.
import { ref, watch } from 'vue';
import { api } from '@/core/api';
import { signedIn } from '@/core/session';

const PULSE_MS = 60_000;
/** Asking is a sign of life to the server: an idle person must be able to time out. */
const IDLE_MS = 5 * 60_000;
export const unread = ref(0);

export async function refreshUnread(): Promise<void> {
  if (!signedIn.value || document.visibilityState !== 'visible') return;
  try {
    unread.value = (await api.get<{ count: number }>('/inbox/unread')).count;
  } catch {
    // No network: the last known count stands.
  }
}

export function watchUnread(): void {
  let touched = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'visibilitychange'])
    document.addEventListener(sign, () => (touched = Date.now()), { passive: true });
  watch(signedIn, () => void refreshUnread(), { immediate: true });
  document.addEventListener('visibilitychange', () => void refreshUnread());
  setInterval(() => {
    if (Date.now() - touched < IDLE_MS) void refreshUnread();
  }, PULSE_MS);
}
