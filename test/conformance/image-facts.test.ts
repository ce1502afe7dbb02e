import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { imageFacts } from '../../src/conformance/image-facts.js';

const solid = (alpha: number) =>
  sharp({ create: { width: 40, height: 24, channels: 4, background: { r: 20, g: 120, b: 90, alpha } } });

/** A picture with many shades, so that every row filter of PNG is used. */
function shades(channels: 3 | 4, lowestAlpha: number) {
  const [width, height] = [64, 48];
  const raw = Buffer.from(
    Array.from({ length: width * height * channels }, (_, index) => {
      const pixel = Math.floor(index / channels);
      if (index % channels === 3) return pixel === 777 ? lowestAlpha : 255;
      return (pixel * 7 + (index % channels) * 31 + (pixel % width) ** 2) % 256;
    }),
  );
  return sharp(raw, { raw: { width, height, channels } });
}

test('a PNG tells its size and whether a pixel is transparent', async () => {
  const base = { format: 'png', width: 40, height: 24, complete: true };
  expect(imageFacts(await solid(0.5).png().toBuffer())).toEqual({
    ...base,
    alphaChannel: true,
    transparentPixel: true,
  });
  expect(imageFacts(await solid(1).png().toBuffer())).toEqual({ ...base, alphaChannel: true, transparentPixel: false });
  const opaque = await solid(1).removeAlpha().png().toBuffer();
  expect(imageFacts(opaque)).toEqual({ ...base, alphaChannel: false });
});

test.each([0, 254, 255])('one pixel with alpha %i among many is seen whatever the row filter', async (alpha) => {
  const bytes = await shades(4, alpha).png({ adaptiveFiltering: true }).toBuffer();
  expect(imageFacts(bytes)).toMatchObject({ alphaChannel: true, transparentPixel: alpha < 255, complete: true });
});

test('a PNG with a palette and with 16 bits is read as well', async () => {
  const palette = await solid(0.2).png({ palette: true }).toBuffer();
  expect(imageFacts(palette)).toMatchObject({ format: 'png', alphaChannel: true, transparentPixel: true });
  const deep = await shades(4, 0).toColourspace('rgb16').png().toBuffer();
  expect(imageFacts(deep)).toMatchObject({ format: 'png', width: 64, alphaChannel: true, transparentPixel: true });
});

test('a JPEG tells its size, and that it has no alpha', async () => {
  for (const progressive of [false, true]) {
    const bytes = await shades(3, 0).jpeg({ progressive }).toBuffer();
    const facts = { format: 'jpeg', width: 64, height: 48, alphaChannel: false, complete: true };
    expect(imageFacts(bytes)).toEqual(facts);
  }
});

test('a WebP tells its size and whether it has alpha', async () => {
  const base = { format: 'webp', width: 64, height: 48, complete: true };
  for (const lossless of [false, true]) {
    const opaque = await shades(3, 0).webp({ lossless }).toBuffer();
    expect(imageFacts(opaque)).toEqual({ ...base, alphaChannel: false });
    const clear = await shades(4, 0).webp({ lossless }).toBuffer();
    expect(imageFacts(clear)).toEqual({ ...base, alphaChannel: true });
  }
});

test('a file that was cut is not complete, or no image at all', async () => {
  const files = [
    await shades(4, 0).png().toBuffer(),
    await shades(3, 0).jpeg().toBuffer(),
    await shades(3, 0).webp().toBuffer(),
  ];
  for (const bytes of files)
    for (const kept of [0.99, 0.5, 0.1]) {
      const facts = imageFacts(bytes.subarray(0, Math.floor(bytes.length * kept)));
      expect(facts?.complete ?? false).toBe(false);
    }
});

test('a PNG whose pixels are spoiled is not complete', async () => {
  const bytes = await shades(4, 0).png().toBuffer();
  bytes.fill(0xaa, bytes.indexOf('IDAT') + 6, bytes.indexOf('IDAT') + 40);
  expect(imageFacts(bytes)).toMatchObject({ complete: false });
});

test('garbage never throws, whatever it starts with', async () => {
  const heads = [
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from([0xff, 0xd8]),
    Buffer.from('RIFF0000WEBPVP8X'),
    Buffer.from('GIF89a'),
    Buffer.alloc(0),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
      imageFacts(Buffer.concat([head, rest]));
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test('a file spoiled at any place never throws', async () => {
  const files = [
    await shades(4, 0).png().toBuffer(),
    await shades(3, 0).jpeg().toBuffer(),
    await shades(4, 0).webp().toBuffer(),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      (file, at, noise) => {
        const bytes = Buffer.from(file);
        bytes.set(noise.slice(0, bytes.length - (at % bytes.length)), at % bytes.length);
        imageFacts(bytes);
      },
    ),
    { seed: 12, numRuns: 300 },
  );
});
