// How many messages wait unread; shown on the tab.
import { ref, watch } from 'vue';
import { api } from '@/core/api';
import { signedIn } from '@/core/session';

const PULSE_MS = 60_000;
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
  watch(signedIn, () => void refreshUnread(), { immediate: true });
  document.addEventListener('visibilitychange', () => void refreshUnread());
  setInterval(() => void refreshUnread(), PULSE_MS);
}
