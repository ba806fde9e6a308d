// The ticked rows of a sheet are sent together, and never over what somebody else has recorded.
import { ref, type Ref, shallowRef, watch } from 'vue';
import { api } from '@/core/api';
import { type Cached, useCached } from '@/core/cached';
import { asProblem } from '@/core/problem';
import { toast } from '@/ui/toast';
import type { FieldErrors } from '@/ui/types';
import { entryBody, errorsOf } from './entry';
import { type Ticks, useTicks } from './ticks';
import type { PaperDetail, PaperDoor } from './types';

export interface Entering extends Ticks {
  asked: Cached<PaperDetail>;
  sheet: Ref<PaperDetail | null>;
  errorsFor: (door: PaperDoor) => FieldErrors;
  busy: Ref<boolean>;
  refused: Ref<string>;
  send: () => Promise<void>;
}

const CAUGHT = '刚刚有人也录了这张单子。录过的几户换成了最新的，请看一眼再提交。';
const LACKING = '有几户还没填全，请看红字。';

export function useEntering(code: string): Entering {
  const asked = useCached<PaperDetail>(() => `/paper-sheets/find?code=${code}`);
  const sheet = shallowRef<PaperDetail | null>(null);
  const ticks = useTicks(code, sheet);
  const errors = ref<FieldErrors>({});
  const busy = ref(false);
  const refused = ref('');
  watch(asked.data, (found) => found && (sheet.value = found), { immediate: true });

  function take(current: PaperDetail): void {
    sheet.value = current;
    ticks.letGo(current);
  }

  async function post(from: PaperDetail): Promise<void> {
    const entries = ticks.filled.value.map((door) => entryBody(door.number, ticks.entryOf(door)));
    const path = `/paper-sheets/${from.id}/entries`;
    try {
      take(await api.post<PaperDetail>(path, { entries }, { version: from.version }));
      toast(`录好了 ${String(entries.length)} 户`);
    } catch (error) {
      const { status, current, sentence, errors: wrong } = asProblem(error);
      errors.value = wrong;
      refused.value = status === 412 ? CAUGHT : sentence;
      if (status === 412 && current) take(current as unknown as PaperDetail);
    }
  }

  async function send(): Promise<void> {
    errors.value = ticks.lacking();
    refused.value = Object.keys(errors.value).length > 0 ? LACKING : '';
    if (refused.value || !sheet.value || ticks.filled.value.length === 0) return;
    busy.value = true;
    await post(sheet.value);
    busy.value = false;
  }

  const errorsFor = (door: PaperDoor): FieldErrors => errorsOf(errors.value, door.number);
  return { ...ticks, asked, sheet, errorsFor, busy, refused, send };
}
