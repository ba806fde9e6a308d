// The volunteer's word on a proposal: accept, decline, move. Volunteers are asked, not ordered.
import { api } from '@/core/api';
import { submit } from '@/core/submit';
import { toast } from '@/ui/toast';
import type { Slot } from '@/ui/types';
import type { Visit, Window } from './types';

export type Answer =
  | { answer: 'accept' }
  | { answer: 'decline'; reason?: string }
  | { answer: 'move'; date: string; window: { from: string; to: string } };

const WORDS = { accept: '答应了', decline: '婉拒了', move: '改好了' };

export function moveTo(slot: Slot): Answer {
  return { answer: 'move', date: slot.date, window: { from: slot.from, to: slot.to } };
}

/** To when it could be moved, as the server knows it; null without a network. */
export async function myEvenings(visit: Visit): Promise<Slot[] | null> {
  try {
    const path = `/visits/${visit.id}/evenings`;
    const { items } = await api.get<{ items: { date: string; window: Window }[] }>(path);
    return items.map((one) => ({ date: one.date, ...one.window }));
  } catch {
    return null;
  }
}

/** Answers the sentence of a refusal, or null when it is sent or waits on this phone. */
export async function answerProposal(visit: Visit, answer: Answer): Promise<string | null> {
  const outcome = await submit<Visit>({
    object: `visit:${visit.id}`,
    form: `answer:${visit.id}:${answer.answer}`,
    label: `${WORDS[answer.answer]} ${visit.household.place_text}`,
    method: 'POST',
    path: `/visits/${visit.id}/answer`,
    body: answer,
    version: visit.version,
  });
  if (outcome.state === 'refused') return outcome.reason;
  toast(outcome.state === 'received' ? WORDS[answer.answer] : '已记在手机里，待送出');
  return null;
}
