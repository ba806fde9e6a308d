// Decisions on what waits for a leader: somebody else may have made them a moment ago.
import { ref, type Ref } from 'vue';
import { asProblem } from '@/core/problem';
import { toast } from '@/ui/toast';

/** It is settled already, or no longer ours: there is nothing left to decide. */
const OVER = [404, 409];
const CHANGED = 412;

export interface Deciding {
  busy: Ref<boolean>;
  wrong: Ref<string>;
  /** True when nothing is left to decide here. */
  decide: (send: () => Promise<unknown>, done: string) => Promise<boolean>;
}

/** `again` reads anew what is shown. */
export function useDeciding(again: () => void): Deciding {
  const busy = ref(false);
  const wrong = ref('');

  function failed(error: unknown): boolean {
    const problem = asProblem(error);
    const over = OVER.includes(problem.status);
    if (over) toast(problem.sentence);
    else wrong.value = problem.sentence;
    if (over || problem.status === CHANGED) again();
    return over;
  }

  async function decide(send: () => Promise<unknown>, done: string): Promise<boolean> {
    busy.value = true;
    wrong.value = '';
    try {
      await send();
      toast(done);
      again();
      return true;
    } catch (error) {
      return failed(error);
    } finally {
      busy.value = false;
    }
  }

  return { busy, wrong, decide };
}
