// A decision that meets one that somebody else has just made.
import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/core/problem';
import { toastWords } from '@/ui/toast';
import { useDeciding } from './deciding';

const refuse = (status: number, title: string) => () =>
  Promise.reject(new Problem(status, 'code', title));

describe('a decision', () => {
  it('is told, and what is shown is read anew', async () => {
    const again = vi.fn();
    const { decide, wrong } = useDeciding(again);
    expect(await decide(() => Promise.resolve(), '定好了')).toBe(true);
    expect([toastWords.value, wrong.value]).toEqual(['定好了', '']);
    expect(again).toHaveBeenCalledOnce();
  });

  it('that somebody else has made closes with a word', async () => {
    const again = vi.fn();
    const { decide } = useDeciding(again);
    expect(await decide(refuse(409, '已经处理过了。'), '定好了')).toBe(true);
    expect(toastWords.value).toBe('已经处理过了。');
    expect(again).toHaveBeenCalledOnce();
  });

  it('on what has changed meanwhile stays open over the new words', async () => {
    const again = vi.fn();
    const { decide, wrong } = useDeciding(again);
    expect(await decide(refuse(412, '刚刚有人改过。'), '定好了')).toBe(false);
    expect(wrong.value).toBe('刚刚有人改过。');
    expect(again).toHaveBeenCalledOnce();
  });

  it('without a network stays open as it is', async () => {
    const again = vi.fn();
    const { decide, wrong, busy } = useDeciding(again);
    expect(await decide(refuse(0, '现在没有信号。'), '定好了')).toBe(false);
    expect([wrong.value, busy.value]).toEqual(['现在没有信号。', false]);
    expect(again).not.toHaveBeenCalled();
  });
});
