// Making photos small, with the picture played by numbers.
import { describe, expect, it } from 'vitest';
import { fitInside, sha256, shrinkWith } from './picture';

describe('a photo', () => {
  it('is fitted inside 1600 pixels and never enlarged', () => {
    expect(fitInside(4000, 3000)).toEqual([1600, 1200]);
    expect(fitInside(900, 1200)).toEqual([900, 1200]);
  });

  it('is encoded worse, then smaller, until it fits', async () => {
    const tried: string[] = [];
    const blob = await shrinkWith((side, quality) => {
      tried.push(`${side}@${quality}`);
      return Promise.resolve(new Blob([new Uint8Array(side * 300 * quality)]));
    }, 150_000);
    expect(tried).toEqual([
      '1600@0.82',
      '1600@0.7',
      '1600@0.58',
      '1600@0.46',
      '1600@0.36',
      '1200@0.82',
      '1200@0.7',
      '1200@0.58',
      '1200@0.46',
      '1200@0.36',
    ]);
    expect(blob.size).toBeLessThanOrEqual(150_000);
  });

  it('is taken as small as it gets when nothing fits', async () => {
    const blob = await shrinkWith(() => Promise.resolve(new Blob(['too large'])), 1);
    expect(blob.size).toBe(9);
  });

  it('is named by its content', async () => {
    expect(await sha256(new Blob(['abc']))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
