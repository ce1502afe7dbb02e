import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { paint } from '../../../mocks/images/paint.js';
import { encodePng } from '../../../mocks/images/png.js';

const side = fc.integer({ min: 1, max: 64 });

test('a PNG of any small size gives back exactly the painted pixels', async () => {
  await fc.assert(
    fc.asyncProperty(side, side, side, fc.boolean(), fc.string(), async (width, height, rows, alpha, seed) => {
      const pixels = paint({ width, height, format: 'png', alpha, seed, lines: [seed] });

      // In strips of a few rows each, the last one shorter.
      const stride = pixels.length / height;
      const strips = Array.from({ length: Math.ceil(height / rows) }, (_, at) =>
        pixels.subarray(at * rows * stride, (at + 1) * rows * stride),
      );
      const file = await encodePng({ width, height, alpha }, strips);

      const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height, channels: alpha ? 4 : 3 });
      expect(data.equals(pixels)).toBe(true);
    }),
  );
});

test('pixels that do not fill the picture are refused', async () => {
  await expect(encodePng({ width: 2, height: 2, alpha: true }, [new Uint8Array(15)])).rejects.toThrow(
    'A 2x2 picture has 16 bytes of pixels, not 15',
  );
});
