// One way to send a small form: busy, what is wrong, and a word when it went well. And to save a file.
import { ref, type Ref } from 'vue';
import { asProblem } from '@/core/problem';
import { toast } from '@/ui/toast';

export interface Saving {
  busy: Ref<boolean>;
  wrong: Ref<string>;
  errors: Ref<Record<string, string[]>>;
  /** True when it went well. */
  save: (send: () => Promise<unknown>, done: string) => Promise<boolean>;
}

export function useSaving(): Saving {
  const busy = ref(false);
  const wrong = ref('');
  const errors = ref<Record<string, string[]>>({});

  async function save(send: () => Promise<unknown>, done: string): Promise<boolean> {
    busy.value = true;
    wrong.value = '';
    errors.value = {};
    try {
      await send();
      toast(done);
      return true;
    } catch (error) {
      const problem = asProblem(error);
      errors.value = problem.errors;
      wrong.value = problem.sentence;
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, wrong, errors, save };
}

/** Have the browser keep a file. */
export function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: url, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
