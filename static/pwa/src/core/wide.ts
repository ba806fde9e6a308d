// Whether the screen is wide enough for a list with a pane beside it (the office computer).
import { onScopeDispose, ref, type Ref } from 'vue';

export function useWide(): Ref<boolean> {
  const query = window.matchMedia('(min-width: 1024px)');
  const wide = ref(query.matches);
  const follow = (): void => void (wide.value = query.matches);
  query.addEventListener('change', follow);
  onScopeDispose(() => query.removeEventListener('change', follow));
  return wide;
}
