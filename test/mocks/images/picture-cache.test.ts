import { expect, test } from 'vitest';
import type { PictureSpec } from '../../../mocks/images/picture.js';
import { createPictureCache } from '../../../mocks/images/picture-cache.js';

const FOX: PictureSpec = { width: 32, height: 32, format: 'png', alpha: true, seed: 'fox', lines: ['fox'] };

/** Stands in for the real encoder: as many bytes as the picture is wide, and a record of the seeds it was asked for. */
function recorder() {
  const seeds: string[] = [];
  const encode = async ({ seed, width }: PictureSpec) => {
    seeds.push(seed);
    return new Uint8Array(width);
  };
  return { seeds, encode };
}

test('a picture asked for twice is encoded once', async () => {
  const cache = createPictureCache(1_000_000);

  const first = await cache.get(FOX);

  expect(await cache.get({ ...FOX, lines: ['fox'] })).toBe(first);
});

test('concurrent requests for one picture share one encode', async () => {
  const { seeds, encode } = recorder();
  const cache = createPictureCache(1000, encode);

  const [one, other] = await Promise.all([cache.get(FOX), cache.get({ ...FOX })]);

  expect(one).toBe(other);
  expect(seeds).toEqual(['fox']);
});

test.each<Partial<PictureSpec>>([
  { width: 33 },
  { height: 33 },
  { format: 'webp' },
  { alpha: false },
  { seed: 'owl' },
  { lines: ['fo', 'x'] },
  { compression: 50 },
])('a spec with another %o is another picture', async (change) => {
  const { seeds, encode } = recorder();
  const cache = createPictureCache(1000, encode);

  await cache.get(FOX);
  await cache.get({ ...FOX, ...change });

  expect(seeds).toHaveLength(2);
});

test('the picture asked for longest ago makes room for a new one', async () => {
  const { seeds, encode } = recorder();
  const cache = createPictureCache(64, encode);

  for (const seed of ['a', 'b', 'a', 'c', 'a', 'b']) {
    await cache.get({ ...FOX, seed });
  }

  expect(seeds).toEqual(['a', 'b', 'c', 'b']);
});

test('a picture larger than the cache is delivered but drives nothing out', async () => {
  const { seeds, encode } = recorder();
  const cache = createPictureCache(64, encode);

  await cache.get(FOX);
  const huge = await cache.get({ ...FOX, seed: 'huge', width: 65 });
  await cache.get(FOX);

  expect(huge).toHaveLength(65);
  expect(seeds).toEqual(['fox', 'huge']);
});

test('a failed encode is reported to all who wait and tried again the next time', async () => {
  let attempts = 0;
  const cache = createPictureCache(1000, async () => {
    attempts += 1;
    if (attempts === 1) {
      throw new Error('out of paint');
    }
    return new Uint8Array(3);
  });

  const waiting = await Promise.allSettled([cache.get(FOX), cache.get(FOX)]);

  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await cache.get(FOX)).toHaveLength(3);
  expect(attempts).toBe(2);
});
