// Escape closes what stands beside a list, unless a sheet is open or somebody is typing.
import { onBeforeUnmount, onMounted } from 'vue';

/** Somebody is typing, choosing, or has a sheet open: the keys are theirs. */
export function keysAreTaken(event: KeyboardEvent): boolean {
  const element = event.target instanceof HTMLElement ? event.target : null;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    document.querySelector('dialog[open]') !== null ||
    element?.closest('input, textarea, select, [contenteditable]') != null
  );
}

export function useEscape(close: () => void): void {
  function pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !keysAreTaken(event)) close();
  }

  onMounted(() => window.addEventListener('keydown', pressed));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed));
}
