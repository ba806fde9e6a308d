// A short word after an action, read out by screen readers too. Shown by Toasts.vue.
import { ref } from 'vue';

const SHOWN_MS = 3_500;

export const toastWords = ref('');
let timer: ReturnType<typeof setTimeout> | undefined;

export function toast(words: string): void {
  toastWords.value = words;
  clearTimeout(timer);
  timer = setTimeout(() => (toastWords.value = ''), SHOWN_MS);
}
