// The plan that is being drawn: what stands where now, the steps back, and sending it.
import { computed, type ComputedRef, ref, type Ref, shallowRef } from 'vue';
import { api } from '@/core/api';
import { keepPhoto, photoUrl } from '@/core/media';
import { submit } from '@/core/submit';
import { type Saving, useSaving } from '@/ui/saving';
import { type Move, moveOf, nextUnplaced, type Placed, put, spotsIn } from './plan';

export interface Plan {
  estate_id: string;
  name: string;
  picture: string | null;
  width: number | null;
  height: number | null;
  buildings: Placed[];
  may_change: boolean;
  version: number;
}

interface Board {
  placed: Ref<Placed[]>;
  chosen: Ref<string>;
  done: Ref<Move[]>;
  place: (id: string, x: number | null, y: number | null) => void;
  undo: () => void;
  begin: (from: Placed[]) => void;
}

/** Where the buildings stand, and the way back step by step. */
function useBuildings(): Board {
  const placed = shallowRef<Placed[]>([]);
  const chosen = ref('');
  const done = shallowRef<Move[]>([]);

  function begin(from: Placed[]): void {
    placed.value = from;
    chosen.value = nextUnplaced(from, '');
    done.value = [];
  }

  function place(id: string, x: number | null, y: number | null): void {
    const move = moveOf(placed.value, id);
    if (!move) return;
    placed.value = put(placed.value, id, x, y);
    done.value = [...done.value, move];
  }

  function undo(): void {
    const last = done.value[done.value.length - 1];
    if (!last) return;
    placed.value = put(placed.value, last.id, last.from.x, last.from.y);
    done.value = done.value.slice(0, -1);
    chosen.value = last.id;
  }

  return { placed, chosen, done, place, undo, begin };
}

interface Picture {
  hash: Ref<string>;
  src: Ref<string>;
  size: Ref<{ width: number; height: number }>;
  show: (plan: Plan) => Promise<void>;
  choose: (file: File) => Promise<void>;
}

/** The picture, from the server or just chosen on this device. */
function usePicture(): Picture {
  const hash = ref('');
  const src = ref('');
  const size = ref({ width: 4, height: 3 });

  async function show(plan: Plan): Promise<void> {
    hash.value = plan.picture ?? '';
    src.value = plan.picture ? await photoUrl(plan.picture) : '';
    size.value = { width: plan.width ?? 4, height: plan.height ?? 3 };
  }

  async function choose(file: File): Promise<void> {
    hash.value = await keepPhoto(file);
    src.value = await photoUrl(hash.value);
    const shown = new Image();
    shown.src = src.value;
    await shown.decode();
    size.value = { width: shown.naturalWidth, height: shown.naturalHeight };
  }

  return { hash, src, size, show, choose };
}

export interface Placing extends Board {
  plan: Ref<Plan | null>;
  picture: Picture;
  changed: ComputedRef<boolean>;
  saving: Saving;
  load: () => Promise<void>;
  save: () => Promise<boolean>;
}

export function usePlacing(estateId: string): Placing {
  const path = `/places/estates/${estateId}/plan`;
  const plan = shallowRef<Plan | null>(null);
  const board = useBuildings();
  const picture = usePicture();
  const saving = useSaving();
  const changed = computed(
    () => board.done.value.length > 0 || picture.hash.value !== (plan.value?.picture ?? ''),
  );

  async function adopt(from: Plan): Promise<void> {
    plan.value = from;
    board.begin(from.buildings);
    await picture.show(from);
  }

  async function send(): Promise<void> {
    const outcome = await submit<Plan>({
      form: `plan:${estateId}`,
      object: `plan:${estateId}`,
      label: `平面图 ${plan.value?.name ?? ''}`,
      method: 'PUT',
      path,
      body: { picture: picture.hash.value, spots: spotsIn(board.placed.value) },
      version: plan.value?.version ?? 0,
      media: [picture.hash.value],
    });
    if (outcome.state === 'received') return adopt(outcome.answer);
    if (outcome.state !== 'waiting') throw new Error(outcome.reason);
  }

  const load = async (): Promise<void> => adopt(await api.get<Plan>(path));
  const save = (): Promise<boolean> => saving.save(send, '平面图存好了');
  return { ...board, plan, picture, changed, saving, load, save };
}
