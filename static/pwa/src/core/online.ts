// Whether there is a network, as far as the phone can tell.
import { readonly, ref } from 'vue';

const state = ref(typeof navigator === 'undefined' || navigator.onLine);

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => (state.value = true));
  window.addEventListener('offline', () => (state.value = false));
}

export const online = readonly(state);
