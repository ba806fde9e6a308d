// Puts one record for each ticked door into the outbox, and takes them back while they wait there.
import { drain } from '@/core/drain';
import { plain } from '@/core/json';
import { put, type Request, takeBack } from '@/core/outbox';
import { recordOf, type StairDoor, stairBody, type StairForm } from './stair';

/** For so long nothing of it is sent: who pressed by mistake has time to say so. */
export const UNDO_MS = 10_000;

function requestOf(one: StairDoor, form: StairForm, today: string, visitId: string): Request {
  const record = recordOf(one, form, today, visitId);
  const { door, visit } = one;
  return {
    object: `visit:${visitId}`,
    creates: visit ? [] : [`visit:${visitId}`],
    form: `record:${visitId}`,
    redo: {
      page: visit ? `/visits/${visitId}?redo=1` : `/visits/new?household=${door.id}`,
      draft: `visit:${visit ? visitId : door.id}`,
      form: plain(record),
    },
    label: `走访 ${door.place_text}`,
    method: visit ? 'PUT' : 'POST',
    path: visit ? `/visits/${visitId}/record` : '/visits',
    body: stairBody(one, record),
    version: visit ? visit.version : null,
    notBefore: Date.now() + UNDO_MS,
  };
}

/** Answers where they wait; `form.ids` names the visits that nobody had planned. */
export async function putStair(
  doors: StairDoor[],
  form: StairForm,
  today: string,
): Promise<number[]> {
  const seqs: number[] = [];
  for (const one of doors) {
    const visitId = one.visit ? one.visit.id : form.ids[one.door.id];
    if (!visitId) throw new Error('a door that was ticked has an id');
    seqs.push((await put(requestOf(one, form, today, visitId))).seq);
  }
  setTimeout(() => void drain().catch(() => 0), UNDO_MS + 100);
  return seqs;
}

/** Answers how many were still here to be taken back. */
export function undoStair(seqs: number[]): Promise<number> {
  return takeBack(seqs);
}
