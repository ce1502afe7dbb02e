import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodePicture } from '../../../mocks/images/encode.js';
import type { PictureSpec } from '../../../mocks/images/picture.js';

const FOX: PictureSpec = {
  width: 256,
  height: 256,
  format: 'png',
  alpha: false,
  seed: 'fox-0',
  lines: ['A red fox asleep in the snow', '256x256', 'painter-1', '1 of 4'],
};

const SIZES = [
  [256, 256],
  [1024, 1024],
  [1536, 1024],
  [1024, 1536],
] as const;

const FILES = SIZES.flatMap(
  ([width, height]) =>
    [
      { width, height, format: 'png', alpha: false },
      { width, height, format: 'png', alpha: true },
      { width, height, format: 'webp', alpha: false },
      { width, height, format: 'webp', alpha: true },
      { width, height, format: 'jpeg', alpha: false },
    ] as const,
);

test.each(FILES)('$format $width x $height, alpha $alpha, decodes to what was asked for', async (wanted) => {
  const file = await encodePicture({ ...FOX, ...wanted });

  const { width, height, format, hasAlpha, channels } = await sharp(file).metadata();
  expect({ width, height, format, alpha: hasAlpha }).toEqual(wanted);
  expect(channels).toBe(wanted.alpha ? 4 : 3);
});

test.each(FILES.filter(({ alpha }) => alpha))(
  '$format $width x $height has a clear border and an opaque middle',
  async (wanted) => {
    const file = await encodePicture({ ...FOX, ...wanted });

    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
    const [right, bottom] = [wanted.width - 1, wanted.height - 1];
    const [middle, centre] = [wanted.width >> 1, wanted.height >> 1];
    expect([alphaAt(0, 0), alphaAt(right, 0), alphaAt(0, bottom), alphaAt(right, bottom)]).toEqual([0, 0, 0, 0]);
    expect([alphaAt(middle, 0), alphaAt(middle, bottom), alphaAt(0, centre), alphaAt(right, centre)]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(alphaAt(middle, centre)).toBe(255);
  },
);

test('a JPEG is opaque even where alpha is asked for', async () => {
  const asked = await encodePicture({ ...FOX, format: 'jpeg', alpha: true });
  const plain = await encodePicture({ ...FOX, format: 'jpeg', alpha: false });

  expect((await sharp(asked).metadata()).hasAlpha).toBe(false);
  expect(asked).toEqual(plain);
});

test.each(['png', 'jpeg', 'webp'] as const)(
  'the same %s spec gives the same bytes, another seed gives others',
  async (format) => {
    const first = await encodePicture({ ...FOX, format });
    const again = await encodePicture({ ...FOX, format });
    const other = await encodePicture({ ...FOX, format, seed: 'fox-1' });

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  },
);

test.each(['jpeg', 'webp'] as const)('a higher compression value is a better and larger %s', async (format) => {
  const coarse = await encodePicture({ ...FOX, format, compression: 10 });
  const fine = await encodePicture({ ...FOX, format, compression: 95 });

  expect(fine.length).toBeGreaterThan(coarse.length);
});

test.each([
  { asked: 0, used: 1 },
  { asked: 250, used: 100 },
  { asked: 79.6, used: 80 },
])('compression $asked is encoded as quality $used', async ({ asked, used }) => {
  const file = await encodePicture({ ...FOX, format: 'jpeg', compression: asked });

  expect(file).toEqual(await encodePicture({ ...FOX, format: 'jpeg', compression: used }));
});

test.each([
  [0, 256],
  [256, -1],
  [10.5, 10],
  [Number.NaN, 10],
])('a picture of %d x %d is refused', async (width, height) => {
  await expect(encodePicture({ ...FOX, width, height })).rejects.toThrow(RangeError);
});

test('a file is ready to be the body of a response', async () => {
  const file = await encodePicture({ ...FOX, format: 'webp' });

  const response = new Response(file, { headers: { 'content-type': 'image/webp' } });

  expect((await sharp(await response.arrayBuffer()).metadata()).format).toBe('webp');
});
