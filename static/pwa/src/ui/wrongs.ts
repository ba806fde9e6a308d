// What is wrong with a form: what is missing yet, what the server said, why it came back refused.
import { nextTick, type Ref, ref, shallowRef, watch } from 'vue';
import type { DraftForm } from '@/core/draft';
import { sentenceOf } from '@/core/problem';
import { useTrouble } from '@/core/watch';
import type { FieldErrors } from './types';

export interface Wrongs {
  errors: Ref<FieldErrors>;
  refused: Ref<string>;
  /** True when nothing is missing; says so otherwise. */
  complete: () => boolean;
  show: (reason: string, errors: FieldErrors) => void;
}

/** `name` is under which the form lies in the outbox; `flat` gives errors their places in it. */
export function useWrongs<T extends object>(
  { form, ready }: DraftForm<T>,
  missing: (form: T) => FieldErrors,
  name: () => string,
  flat: (errors: FieldErrors) => FieldErrors = (errors) => errors,
): Wrongs {
  const errors = shallowRef<FieldErrors>({});
  const refused = ref('');
  const any = (): boolean => Object.keys(errors.value).length > 0;

  function show(reason: string, said: FieldErrors): void {
    errors.value = flat(said);
    refused.value = reason;
  }

  watch(form, () => {
    if (any()) errors.value = missing(form);
    if (!any()) refused.value = '';
  });

  // What was filled in comes back first; that is no mending of what was wrong.
  const filled = ref(false);
  void ready.then(() => nextTick()).then(() => (filled.value = true));
  const trouble = useTrouble(name);
  watch([filled, trouble], ([, said]) => {
    if (filled.value && said) show(sentenceOf(said.reason, said.errors), said.errors);
  });

  function complete(): boolean {
    errors.value = missing(form);
    refused.value = any() ? '还有没填好的，请看带 ▲ 的地方。' : '';
    return !any();
  }

  return { errors, refused, complete, show };
}
