// The keys of the board: J and K (or the arrows) go down and up, Enter opens, Escape closes.
import { onBeforeUnmount, onMounted } from 'vue';
import { keysAreTaken } from '@/ui/escape';

export interface BoardKeys {
  step: (by: 1 | -1) => void;
  open: () => void;
  close: () => void;
}

function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, summary') !== null;
}

export function useBoardKeys(keys: BoardKeys): void {
  const acts: Record<string, () => void> = {
    j: () => keys.step(1),
    k: () => keys.step(-1),
    Escape: keys.close,
  };

  function pressed(event: KeyboardEvent): void {
    if (keysAreTaken(event)) return;
    const act = event.key === 'Enter' && !onControl(event.target) ? keys.open : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  onMounted(() => window.addEventListener('keydown', pressed));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed));
}
