// What is ticked on the way stays on this phone until the patrol is ended; then one request goes.
import { computed, type ComputedRef, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { keepDraft, readDraft, useDraft } from '@/core/draft';
import { isRecord, plain } from '@/core/json';
import { submit } from '@/core/submit';
import { useOutbox } from '@/core/watch';
import { toast } from '@/ui/toast';
import { emptyWalk, walkBody, type WalkForm } from './patrol';
import type { Patrol } from './types';

const WORDS = { accepted: '答应了', declined: '婉拒了' };

export async function answerPatrol(
  patrol: Patrol,
  answer: 'accepted' | 'declined',
): Promise<string> {
  const outcome = await submit<Patrol>({
    object: `patrol:${patrol.id}`,
    form: `answer:${patrol.id}:${answer}`,
    label: `${WORDS[answer]} 巡查 ${patrol.name}`,
    method: 'POST',
    path: `/patrols/${patrol.id}/answer`,
    body: { answer },
  });
  if (outcome.state === 'refused') return outcome.reason;
  toast(outcome.state === 'received' ? WORDS[answer] : '已记在手机里，待送出');
  return '';
}

/** The patrols of which something waits on this phone. */
export function usePendingPatrols(): ComputedRef<Set<string>> {
  const { entries } = useOutbox();
  return computed(
    () =>
      new Set(
        entries.value
          .filter((one) => one.object.startsWith('patrol:'))
          .map((one) => one.object.slice('patrol:'.length)),
      ),
  );
}

function draftOf(patrol: Patrol): string {
  return `patrol:${patrol.id}`;
}

/** Ticks a point whose code was scanned, whether or not the page of its patrol is open. */
export async function tickScanned(patrol: Patrol, pointId: string): Promise<void> {
  const kept = await readDraft(draftOf(patrol));
  const form = { ...emptyWalk(patrol), ...(isRecord(kept) ? kept : {}) };
  const seen = [...new Set([...form.seen, pointId])];
  await keepDraft(draftOf(patrol), plain({ ...form, seen }));
}

export interface Walking {
  form: WalkForm;
  refused: Ref<string>;
  busy: Ref<boolean>;
  tick: (pointId: string) => void;
  end: () => Promise<void>;
}

export function useWalking(patrol: Patrol): Walking {
  const router = useRouter();
  const { form, forget } = useDraft<WalkForm>(draftOf(patrol), emptyWalk(patrol));
  const refused = ref('');
  const busy = ref(false);

  function tick(pointId: string): void {
    form.seen = form.seen.includes(pointId)
      ? form.seen.filter((one) => one !== pointId)
      : [...form.seen, pointId];
  }

  async function end(): Promise<void> {
    busy.value = true;
    const outcome = await submit<Patrol>({
      object: `patrol:${patrol.id}`,
      form: `walk:${patrol.id}`,
      redo: { page: `/patrols/${patrol.id}`, draft: draftOf(patrol), form: plain(form) },
      label: `巡查 ${patrol.name}`,
      method: 'POST',
      path: `/patrols/${patrol.id}/walk`,
      body: walkBody(form),
    });
    busy.value = false;
    refused.value = outcome.state === 'refused' ? outcome.reason : '';
    if (refused.value) return;
    await forget();
    toast(outcome.state === 'received' ? '记好了，辛苦了' : '已记在手机里，待送出');
    await router.replace('/patrols');
  }

  return { form, refused, busy, tick, end };
}
