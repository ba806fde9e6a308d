// Every change goes the same way: the form, what it would move, then the work until it is done.
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue';
import { api } from '@/core/api';
import { useSaving } from '@/ui/saving';
import { isOpen } from './moves';
import type { Applied, MovedClock, Moves, Retiming } from './types';

const LOOK_EVERY_MS = 1_000;
const LONG_MS = 120_000;
const AT_ONCE = 20;

export type Step = 'form' | 'moves' | 'work';

export interface Changing<Answer> {
  step: Ref<Step>;
  answer: Ref<Answer | null>;
  moves: Ref<Moves | null>;
  items: Ref<MovedClock[]>;
  work: Ref<Retiming | null>;
  busy: Ref<boolean>;
  wrong: Ref<string>;
  errors: Ref<Record<string, string[]>>;
  look: () => Promise<void>;
  more: () => Promise<void>;
  apply: () => Promise<boolean>;
  begin: () => void;
}

interface Preview<Answer> {
  answer: Ref<Answer | null>;
  moves: Ref<Moves | null>;
  items: Ref<MovedClock[]>;
  ask: (offset: number) => Promise<void>;
  forget: () => void;
}

function usePreview<Answer>(
  path: string,
  body: () => object,
  movesOf: (answer: Answer) => Moves,
): Preview<Answer> {
  const answer = shallowRef<Answer | null>(null) as Ref<Answer | null>;
  const moves = shallowRef<Moves | null>(null);
  const items = shallowRef<MovedClock[]>([]);

  async function ask(offset: number): Promise<void> {
    const asked = { ...body(), offset, limit: AT_ONCE };
    const got = await api.post<Answer>(`${path}/preview`, asked, { timeout: LONG_MS });
    const found = movesOf(got);
    if (offset === 0) answer.value = got;
    items.value = offset === 0 ? found.items : [...items.value, ...found.items];
    moves.value = found;
  }

  function forget(): void {
    answer.value = moves.value = null;
    items.value = [];
  }

  return { answer, moves, items, ask, forget };
}

interface Work {
  work: Ref<Retiming | null>;
  follow: (begun: Retiming | null) => void;
}

/** Looks again at a piece of work until it is over. */
function useWork(): Work {
  const work = shallowRef<Retiming | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(now: Retiming | null): void {
    clearTimeout(timer);
    work.value = now;
    if (now && isOpen(now)) timer = setTimeout(() => void look(now), LOOK_EVERY_MS);
  }

  async function look(before: Retiming): Promise<void> {
    const now = await api.get<Retiming>(`/tickets/retimings/${before.id}`).catch(() => before);
    if (work.value === before) follow(now); // else the page is left, or another change has begun
  }

  onScopeDispose(() => {
    follow(null);
  });
  return { work, follow };
}

/** `path` is where the change goes, `path/preview` what it would move. */
export function useChanging<Answer>(
  path: string,
  body: () => object,
  movesOf: (answer: Answer) => Moves,
): Changing<Answer> {
  const step = ref<Step>('form');
  const { ask, forget, ...seen } = usePreview(path, body, movesOf);
  const { work, follow } = useWork();
  const { save, ...saving } = useSaving();

  async function look(): Promise<void> {
    if (await save(() => ask(0), '')) step.value = 'moves';
  }

  async function more(): Promise<void> {
    const next = seen.moves.value?.next_offset;
    if (next) await save(() => ask(next), '');
  }

  async function apply(): Promise<boolean> {
    const send = async (): Promise<void> => {
      follow((await api.post<Applied>(path, body(), { timeout: LONG_MS })).retiming);
      step.value = 'work';
    };
    return save(send, '记下了，从现在起照新的算');
  }

  function begin(): void {
    step.value = 'form';
    forget();
    follow(null);
    saving.wrong.value = '';
    saving.errors.value = {};
  }

  return { step, ...seen, work, ...saving, look, more, apply, begin };
}
