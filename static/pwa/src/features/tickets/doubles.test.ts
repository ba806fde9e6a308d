// What a neighbour reads of a report that is not theirs, and when the server is asked.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, reactive } from 'vue';
import { api } from '@/core/api';
import { PAUSE_MS } from '@/core/suggesting';
import { type Alike, daysAgo, hintOf, useAlike, whoGoesOn } from './doubles';

const network = vi.hoisted(() => ({ value: true }));
vi.mock('@/core/online', () => ({ online: network }));

const LAMP: Alike = {
  id: 'a',
  seen: false,
  mine: false,
  number: null,
  title: null,
  category_name: '公共照明用电',
  place_text: '和园 3号楼',
  reported_on: '2026-11-22',
  standing: 'under_way',
  standing_name: '正在处理',
  joinable: true,
};

describe('a hint', () => {
  it('says where, when, of which kind and how far', () => {
    expect(hintOf(LAMP, '2026-11-24')).toBe(
      '和园 3号楼 2 天前已有人报过“公共照明用电”类的事，正在处理。',
    );
    expect(hintOf({ ...LAMP, mine: true }, '2026-11-22')).toContain('今天您自己报过');
  });

  it('counts days as people do', () => {
    expect(
      ['2026-11-24', '2026-11-23', '2026-11-20'].map((on) => daysAgo(on, '2026-11-24')),
    ).toEqual(['今天', '昨天', '4 天前']);
  });
});

it('lets the older one of two go on', () => {
  const old = { created_at: '2026-11-20T01:00:00Z' };
  const fresh = { created_at: '2026-11-24T01:00:00Z' };
  expect(whoGoesOn(fresh, old)).toEqual([old, fresh]);
  expect(whoGoesOn(old, fresh)).toEqual([old, fresh]);
});

describe('asking', () => {
  const scope = effectScope(true);
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    network.value = true;
  });

  function typing() {
    const asked = vi.spyOn(api, 'post').mockResolvedValue({ items: [LAMP] });
    const form = reactive({ place_id: '', text: '', category: '' });
    const shown = scope.run(() => useAlike(() => ({ ...form })));
    if (!shown) throw new Error('no scope');
    const pause = async () => {
      await nextTick();
      await vi.advanceTimersByTimeAsync(PAUSE_MS);
    };
    return { asked, form, shown, pause };
  }

  it('waits for the place and for words, then asks once', async () => {
    const { asked, form, shown, pause } = typing();
    form.text = '楼道灯不亮';
    await pause();
    expect(asked).not.toHaveBeenCalled();
    form.place_id = 'p';
    await pause();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(shown.value).toEqual([LAMP]);
    form.text = '';
    await nextTick();
    expect(shown.value).toEqual([]);
  });

  it('asks nobody without a network, and the form goes on', async () => {
    network.value = false;
    const { asked, form, shown, pause } = typing();
    Object.assign(form, { place_id: 'p', text: '楼道灯不亮' });
    await pause();
    expect(asked).not.toHaveBeenCalled();
    expect(shown.value).toEqual([]);
  });
});
