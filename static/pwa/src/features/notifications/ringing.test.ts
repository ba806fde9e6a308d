import { describe, expect, it } from 'vitest';
import { settled } from './ringing';

const item = (link: string, read: boolean) => ({ link, read_at: read ? '2026-11-29' : null });

describe('what is taken off the screen', () => {
  it('is what has been read in all its messages', () => {
    const items = [item('/a', true), item('/b', false), item('/c', true), item('/c', false)];
    expect([...settled(items)]).toEqual(['/a']);
  });
});
