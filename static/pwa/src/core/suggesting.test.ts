// The phone sees emergencies by itself, and asks the server only when typing pauses.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { api } from './api';
import { alarmIn, PAUSE_MS, together, useSuggestions } from './suggesting';

const network = vi.hoisted(() => ({ value: true }));
vi.mock('./online', () => ({ online: network }));

const SAMPLE = new URL('../../../../tests/tickets/data/suggest_sample.csv', import.meta.url);
const LAMP = {
  category: 'facility.power_lighting',
  name: '公共照明用电',
  emergency: false,
  why: '',
};

function sample(): { text: string; category: string }[] {
  const lines = readFileSync(SAMPLE, 'utf8').trim().split('\n').slice(2);
  return lines.map((line) => {
    const cut = line.lastIndexOf(',');
    return { text: line.slice(0, cut), category: line.slice(cut + 1) };
  });
}

describe('an emergency', () => {
  it('is seen in its words, whatever their width and spaces', () => {
    expect(alarmIn('电梯 里 困 了人')?.category).toBe('emergency.lift_entrapment');
    expect(alarmIn('电梯 里 困 了人')?.why).toBe('提到了“电梯”“困”');
    expect(alarmIn('楼下着火了')?.name).toBe('燃气泄漏、起火');
  });

  it('is not seen where there is none', () => {
    for (const text of ['', '楼道灯不亮', '热水器打不着火', '落水管断了', '电梯按钮不灵'])
      expect(alarmIn(text)).toBeNull();
  });

  it('is seen in nearly every emergency of the sample and in nearly nothing else', () => {
    const danger = sample().filter((one) => one.category.startsWith('emergency.'));
    const rest = sample().filter((one) => !one.category.startsWith('emergency.'));
    expect(danger.filter((one) => !alarmIn(one.text)).length).toBeLessThanOrEqual(1);
    expect(rest.filter((one) => alarmIn(one.text)).length).toBeLessThanOrEqual(rest.length * 0.02);
  });

  it('comes first when the server did not think of it, and only once', () => {
    const alarm = alarmIn('着火了');
    expect(together([LAMP], alarm).map((one) => one.category)).toEqual([
      'emergency.gas_fire',
      LAMP.category,
    ]);
    expect(together([LAMP, { ...LAMP, category: 'emergency.gas_fire' }], alarm)).toHaveLength(2);
    expect(together([LAMP, LAMP, LAMP], alarm)).toHaveLength(3);
  });
});

describe('typing', () => {
  const scope = effectScope(true);
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function typing(answer: () => Promise<unknown>) {
    const asked = vi.spyOn(api, 'post').mockImplementation(answer);
    const text = ref('');
    const shown = scope.run(() => useSuggestions(() => text.value));
    if (!shown) throw new Error('no scope');
    const type = async (said: string) => {
      text.value = said;
      await nextTick();
    };
    return { asked, type, shown };
  }

  it('asks once, after a pause, for what stands there then', async () => {
    const { asked, type, shown } = typing(() => Promise.resolve({ items: [LAMP] }));
    for (const said of ['楼', '楼道灯', '楼道灯不亮']) await type(said);
    expect(asked).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(asked.mock.calls.map(([, body]) => body)).toEqual([{ text: '楼道灯不亮' }]);
    expect(shown.value).toEqual([LAMP]);
  });

  it('shows an emergency at once and without an answer', async () => {
    const { type, shown } = typing(() => Promise.reject(new Error('no network')));
    await type('楼下着火了');
    expect(shown.value.map((one) => one.category)).toEqual(['emergency.gas_fire']);
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(shown.value).toHaveLength(1);
  });

  it('asks nobody without a network', async () => {
    network.value = false;
    const { asked, type, shown } = typing(() => Promise.resolve({ items: [LAMP] }));
    await type('楼道灯不亮');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    network.value = true;
    expect(asked).not.toHaveBeenCalled();
    expect(shown.value).toEqual([]);
  });

  it('drops an answer to what has been changed meanwhile', async () => {
    let arrive: (said: unknown) => void = () => undefined;
    const { type, shown } = typing(() => new Promise((done) => (arrive = done)));
    await type('楼道灯不亮');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    await type('');
    arrive({ items: [LAMP] });
    await nextTick();
    expect(shown.value).toEqual([]);
  });
});
