// Speech to text, only where the phone itself recognises it: no sound leaves the phone.
import { onScopeDispose, type Ref, ref } from 'vue';

const LANGUAGE = 'zh-CN';

interface Heard {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

interface Recogniser {
  lang: string;
  processLocally: boolean;
  onresult: ((event: Heard) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  abort: () => void;
}

/** Only an engine that can be asked whether it works on the device, and is told to, is used. */
export interface Engine {
  new (): Recogniser;
  available?: (what: { langs: string[]; processLocally: boolean }) => Promise<string>;
}

function engineHere(): Engine | undefined {
  return (globalThis as { SpeechRecognition?: Engine }).SpeechRecognition;
}

export async function worksHere(engine: Engine | undefined = engineHere()): Promise<boolean> {
  if (!engine?.available || !('processLocally' in engine.prototype)) return false;
  const asked = { langs: [LANGUAGE], processLocally: true };
  return (await engine.available(asked).catch(() => 'unavailable')) === 'available';
}

function wordsOf(event: Heard): string {
  return Array.from(event.results, (one) => one[0]?.transcript ?? '').join('');
}

export interface Voice {
  usable: Ref<boolean>;
  listening: Ref<boolean>;
  toggle: () => void;
}

/** `hear` gets what was said; the button is shown only where `usable`. */
export function useVoice(hear: (words: string) => void, engine = engineHere()): Voice {
  const usable = ref(false);
  const listening = ref(false);
  let running: Recogniser | null = null;
  void worksHere(engine).then((works) => (usable.value = works));

  function start(): void {
    if (!engine) return;
    running = new engine();
    running.lang = LANGUAGE;
    running.processLocally = true;
    running.onresult = (event) => {
      hear(wordsOf(event));
    };
    running.onend = () => {
      listening.value = false;
      running = null;
    };
    listening.value = true;
    running.start();
  }

  function toggle(): void {
    if (running) running.abort();
    else start();
  }

  onScopeDispose(() => running?.abort());
  return { usable, listening, toggle };
}
