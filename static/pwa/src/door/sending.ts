// A report on its way: photos first, then the words; the same key until an answer came. What may have
// arrived already is asked for by its link before it is sent under another form.
import { asProblem, Problem } from '@/core/problem';
import { ask } from './api';
import type { Draft } from './draft';
import { sendPhoto } from './photos';
import type { DoorPage, Followed } from './types';

export interface Sent {
  number: string;
  joined: boolean;
}

export interface Way {
  door: string;
  draft: Draft;
  /** Called whenever the draft has changed, so that a reload goes on from here. */
  keep: () => void;
  wait: (seconds: number) => Promise<void>;
}

const TRIES = 4;
const NEW_FORM = ['door_form_expired', 'door_form_needed', 'door_form_used'];
const MAY_BE_THERE = [...NEW_FORM, 'conflict', 'idempotency_key_reused'];

/** Number, or a Problem: `passing` ones are worth another try with the same draft. */
export async function deliver(way: Way): Promise<Sent> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await attempt(way);
    } catch (error) {
      const problem = asProblem(error);
      const known = await settled(way, problem);
      if (known) return known;
      if (turn === TRIES || !(await mended(way, problem))) throw problem;
    }
  }
}

async function attempt({ door, draft, keep }: Way): Promise<Sent> {
  for (const photo of draft.photos) {
    if (draft.arrived.includes(photo.hash)) continue;
    await sendPhoto(`/door/${door}`, photo, draft.form);
    draft.arrived.push(photo.hash);
    keep();
  }
  draft.doubtful = true;
  keep();
  const { key, form } = draft;
  const path = `/door/${door}/reports`;
  return ask<Sent>(path, { method: 'POST', form, key, body: bodyOf(draft) });
}

export function bodyOf(draft: Draft): Record<string, unknown> {
  const atHome = draft.where === 'home';
  return {
    category: draft.category,
    text: draft.text,
    place_id: draft.place,
    public_area: !atHome,
    spot: draft.spot,
    media: atHome ? [] : draft.photos.map((photo) => photo.hash),
    secret: draft.secret,
    name: draft.name,
    phone: draft.phone,
    consent: draft.consent,
  };
}

/** A form that is over or used up says nothing about the report: its link does. */
async function settled({ draft, keep }: Way, problem: Problem): Promise<Sent | null> {
  if (!draft.doubtful || problem.passing) return null;
  if (MAY_BE_THERE.includes(problem.code)) {
    try {
      const found = await ask<Followed>(`/follow/${draft.secret}`);
      return { number: found.number, joined: !found.reporter };
    } catch (error) {
      if (asProblem(error).status !== 404) return null;
    }
  }
  draft.doubtful = false; // it was refused: it is not there
  keep();
  return null;
}

/** Whether another try may go better: a new form was fetched, or the short while was waited for. */
async function mended({ door, draft, keep, wait }: Way, problem: Problem): Promise<boolean> {
  if (problem.code === 'door_form_too_fast') {
    await wait(Number(problem.said.retry_after ?? 0) || 1);
    return true;
  }
  if (!NEW_FORM.includes(problem.code) || draft.doubtful) return false;
  draft.form = (await ask<DoorPage>(`/door/${door}`)).form;
  draft.arrived = [];
  keep();
  return true;
}
