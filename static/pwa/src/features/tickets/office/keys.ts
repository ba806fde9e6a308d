// The keys of the board. None of them acts while somebody types, chooses, or has a sheet open.
import { onBeforeUnmount, onMounted } from 'vue';
import { keysAreTaken } from '@/ui/escape';

export interface BoardKeys {
  step: (by: 1 | -1) => void;
  open: () => void;
  close: () => void;
  pick: () => void;
  accept: () => void;
  dispatch: () => void;
  help: () => void;
}

/** What the help says, in the order in which a day needs it. */
export const KEY_HELP: [string, string][] = [
  ['J　K　↓　↑', '下一件、上一件'],
  ['Enter', '打开这一件'],
  ['Esc', '收起；取消勾选'],
  ['X', '勾选这一件（按住 Shift 点，勾选一段）'],
  ['A', '受理勾选的，没有勾选就受理这一件'],
  ['D', '派单，同上'],
  ['/', '搜索'],
  ['?', '看这张表'],
];

function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, summary') !== null;
}

function actsOf(keys: BoardKeys): Record<string, () => void> {
  return {
    j: () => keys.step(1),
    k: () => keys.step(-1),
    ArrowDown: () => keys.step(1),
    ArrowUp: () => keys.step(-1),
    x: keys.pick,
    a: keys.accept,
    d: keys.dispatch,
    '?': keys.help,
    Escape: keys.close,
  };
}

export function useBoardKeys(keys: BoardKeys): void {
  const acts = actsOf(keys);

  function pressed(event: KeyboardEvent): void {
    if (keysAreTaken(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = key === 'Enter' && !onControl(event.target) ? keys.open : acts[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  onMounted(() => window.addEventListener('keydown', pressed));
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed));
}
