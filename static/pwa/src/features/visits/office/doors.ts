// The doors behind the ids of a round's single households, asked for once each.
import { type Ref, ref, watch } from 'vue';
import { api } from '@/core/api';

const MOST_ASKED = 30;

export interface Doors {
  known: Ref<Record<string, string>>;
  name: (id: string) => string;
}

export function useDoors(ids: () => string[]): Doors {
  const known = ref<Record<string, string>>({});

  async function ask(id: string): Promise<void> {
    try {
      const { place_text } = await api.get<{ place_text: string }>(`/households/${id}`);
      known.value = { ...known.value, [id]: place_text };
    } catch {
      known.value = { ...known.value, [id]: '看不到的一户' };
    }
  }

  watch(
    ids,
    (now) => {
      const strange = now.filter((id) => !(id in known.value)).slice(0, MOST_ASKED);
      strange.forEach((id) => void ask(id));
    },
    { immediate: true },
  );

  return { known, name: (id) => known.value[id] ?? '一户' };
}
