// Speech to text: never where it would leave the phone.
import { effectScope, nextTick } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import { type Engine, useVoice, worksHere } from './voice';

function engine(answer: string, local = true) {
  const made: { processLocally: boolean; onresult: unknown; onend: unknown }[] = [];
  class Fake {
    lang = '';
    onresult = null;
    onend: (() => void) | null = null;
    start = vi.fn();
    constructor() {
      made.push(this as never);
    }
    abort(): void {
      this.onend?.();
    }
    static available = () => Promise.resolve(answer);
  }
  if (local)
    Object.defineProperty(Fake.prototype, 'processLocally', { value: false, writable: true });
  return { made, Fake: Fake as unknown as Engine };
}

describe('speech to text', () => {
  it('is offered only where the phone itself recognises Chinese', async () => {
    expect(await worksHere(undefined)).toBe(false);
    expect(await worksHere(engine('available', false).Fake)).toBe(false);
    expect(await worksHere(engine('downloadable').Fake)).toBe(false);
    expect(await worksHere(engine('available').Fake)).toBe(true);
  });

  it('is told to stay on the phone, and stops when it is told to', async () => {
    const { made, Fake } = engine('available');
    const heard: string[] = [];
    const scope = effectScope();
    const voice = scope.run(() => useVoice((words) => heard.push(words), Fake));
    if (!voice) throw new Error('no voice');
    await nextTick();
    voice.toggle();
    expect(made[0]?.processLocally).toBe(true);
    (made[0]?.onresult as (event: unknown) => void)({ results: [[{ transcript: '想换灯泡' }]] });
    expect(heard).toEqual(['想换灯泡']);
    expect(voice.listening.value).toBe(true);
    scope.stop();
    expect(voice.listening.value).toBe(false);
  });
});
