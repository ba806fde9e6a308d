// What is said when a piece of work is finished from the board. It is the draft of the ticket's own
// page, kept at every change: the camera may close the page, a tap may be taken back or refused.
import { computed, type Ref, ref, shallowRef, type WritableComputedRef, watch } from 'vue';
import { type DraftForm, draftsKept, useDraft } from '@/core/draft';
import { keepPhoto } from '@/core/media';
import { Problem } from '@/core/problem';
import { moveDraft } from '../moveDraft';
import type { Spoken } from './quick';
import { sentencesFor } from './sentences';
import type { Work } from './types';

export type Phase = 'media_before' | 'media_after';

interface Done {
  what_was_done: string;
  media_before: string[];
  media_after: string[];
}

const PHASES: Phase[] = ['media_before', 'media_after'];
const EMPTY: Done = { what_was_done: '', media_before: [], media_after: [] };

export interface Finishing {
  sentences: Ref<string[]>;
  /** The usual sentence until it is changed. */
  words: WritableComputedRef<string>;
  /** The photo that has to be taken now; none where all are there. */
  next: Ref<Phase | null>;
  photos: (phase: Phase) => string[];
  wrong: Ref<string>;
  busy: Ref<boolean>;
  take: (file: File) => Promise<void>;
  drop: (phase: Phase) => void;
  /** What goes out; null where a sentence is missing. */
  said: () => Spoken | null;
}

/** The photos that this work still needs, in the order in which they are taken. */
export function neededPhotos(proof: Work['proof']): Phase[] {
  if (proof === 'none') return [];
  return proof === 'both' ? PHASES : ['media_after'];
}

type Kept = Ref<DraftForm<Done> | null>;

function usePhotos(work: () => Work | null, kept: Kept, wrong: Ref<string>) {
  const busy = ref(false);
  const photos = (phase: Phase): string[] => kept.value?.form[phase] ?? [];
  const next = computed(
    () => neededPhotos(work()?.proof ?? 'none').find((one) => photos(one).length === 0) ?? null,
  );

  async function take(file: File): Promise<void> {
    const form = kept.value?.form;
    const phase = next.value;
    if (!form || !phase) return;
    busy.value = true;
    wrong.value = '';
    try {
      form[phase] = [await keepPhoto(file)];
      await draftsKept();
    } catch (error) {
      const full = error instanceof Problem && error.code === 'no_room';
      wrong.value = full ? error.title : '照片打不开，请换一张。';
    }
    busy.value = false;
  }

  function drop(phase: Phase): void {
    if (kept.value) kept.value.form[phase] = [];
  }

  return { photos, next, busy, take, drop };
}

function useWords(kept: Kept, sentences: Ref<string[]>) {
  const touched = ref(false);
  watch(kept, () => (touched.value = false));
  return computed({
    get: () => {
      const own = kept.value?.form.what_was_done ?? '';
      return own !== '' || touched.value ? own : (sentences.value[0] ?? '');
    },
    set: (value) => {
      touched.value = true;
      if (kept.value) kept.value.form.what_was_done = value;
    },
  });
}

export function useFinishing(work: () => Work | null): Finishing {
  const kept: Kept = shallowRef(null);
  const wrong = ref('');
  const sentences = computed(() => sentencesFor(work()?.category ?? ''));
  const words = useWords(kept, sentences);
  const shots = usePhotos(work, kept, wrong);

  watch(
    () => work()?.id,
    (id) => {
      kept.value = id ? useDraft<Done>(moveDraft(id, 'resolve'), EMPTY) : null;
      wrong.value = '';
    },
    { immediate: true },
  );

  function said(): Spoken | null {
    wrong.value = words.value.trim() === '' ? '请写一句做了什么。' : '';
    if (wrong.value) return null;
    const taken = PHASES.filter((one) => shots.photos(one).length > 0);
    return {
      what_was_done: words.value.trim(),
      ...Object.fromEntries(taken.map((one) => [one, [...shots.photos(one)]])),
    };
  }

  return { sentences, words, wrong, said, ...shots };
}
