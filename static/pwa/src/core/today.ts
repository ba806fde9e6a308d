// The date by the server's clock, as far as it is known, that goes on at midnight.
import { readonly, ref } from 'vue';
import { dateOf } from './clock';
import { skewSeconds, whenSkewChanges } from './skew';

const PULSE_MS = 60_000;

function now(): string {
  return dateOf(Date.now() - skewSeconds() * 1000);
}

const date = ref(now());
const look = (): void => void (date.value = now());

if (typeof window !== 'undefined') {
  whenSkewChanges(look);
  setInterval(look, PULSE_MS);
  document.addEventListener('visibilitychange', look);
}

export const today = readonly(date);
