// An open emergency call on this phone, and the one tap with which one answers it, also offline.
import { computed, type ComputedRef } from 'vue';
import { useRows } from './held';
import { CALL_ANSWER, nameIn } from './labels';
import { submit } from './submit';
import { useOutbox } from './watch';

export interface HeldCall {
  id: string;
  kind: string;
  kind_name: string;
  words: string;
  place_text: string;
  opened_at: string;
  answer: string | null;
  answers: string[];
}

/** Those one is called for now, the latest on top. */
export function useOpenCalls(): ComputedRef<HeldCall[]> {
  const { rows } = useRows<HeldCall>('call');
  return computed(() => [...rows.value].sort((a, b) => b.opened_at.localeCompare(a.opened_at)));
}

/** What lies on this phone as the answer to a call and has not gone out yet. */
export function useWaitingAnswer(id: () => string): ComputedRef<boolean> {
  const { entries } = useOutbox();
  return computed(() =>
    entries.value.some((one) => one.object === `call:${id()}` && one.state !== 'refused'),
  );
}

/** Answers what to say: that it arrived, that it waits here, or why it was refused. */
export async function answerCall(
  call: { id: string; place_text: string },
  answer: string,
): Promise<{ taken: boolean; sentence: string }> {
  const said = nameIn(CALL_ANSWER, answer);
  const outcome = await submit<unknown>({
    object: `call:${call.id}`,
    form: `call:${call.id}:${answer}:${Date.now()}`,
    label: `紧急召集答复：${said}（${call.place_text}）`,
    method: 'PUT',
    path: `/summons/${call.id}/answer`,
    body: { answer },
  });
  if (outcome.state === 'refused') return { taken: false, sentence: outcome.reason };
  if (outcome.state === 'received') return { taken: true, sentence: `收到：${said}` };
  return { taken: true, sentence: '已记在手机里，待送出' };
}
