import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readImageHeader } from '../../src/client/image-header.js';
import { imageClient } from '../../src/entry/client.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE } from './fake-vendor.js';

const picture = (alpha = 1) =>
  sharp({ create: { width: 301, height: 97, channels: 4, background: { r: 9, g: 99, b: 199, alpha } } });

const files = {
  png: await picture().png().toBuffer(),
  'jpeg with metadata': await picture()
    .withExif({ IFD0: { Copyright: 'nobody' } })
    .jpeg()
    .toBuffer(),
  'progressive jpeg': await picture().jpeg({ progressive: true }).toBuffer(),
  webp: await picture().flatten().webp().toBuffer(),
  'lossless webp': await picture().webp({ lossless: true }).toBuffer(),
  'webp with alpha': await picture(0.5).webp().toBuffer(),
};

test.each(Object.entries(files))('the pixels of a %s are read', (name, bytes) => {
  const format = (['png', 'jpeg', 'webp'] as const).find((word) => name.includes(word));
  expect(readImageHeader(bytes)).toEqual({ format, width: 301, height: 97 });
});

test.each(Object.entries(files))('a %s that is cut anywhere is read rightly or not at all', (_, bytes) => {
  for (let length = 0; length < Math.min(bytes.byteLength, 700); length += 1) {
    const header = readImageHeader(bytes.subarray(0, length));
    if (header !== undefined) expect(header).toMatchObject({ width: 301, height: 97 });
  }
});

test('an image measures itself, and what is no image breaks the contract', async () => {
  const clock = createVirtualClock();
  const mock = await createMockFetch({ vendors: ['apimart'], clock });
  let pages = false;
  const transport = async (request: Request) =>
    pages ? new Response('<html>', { headers: { 'content-type': 'text/html' } }) : mock(request);
  const client = await imageClient('apimart', { baseUrl: `${BASE}/apimart`, transport, clock });
  const { images } = await clock.run(() => client.generate({ prompt: 'A fox', size: '1536x1024', format: 'jpeg' }));
  expect(await images[0].measure()).toEqual({ format: 'jpeg', width: 1536, height: 1024 });
  pages = true;
  await expect(images[0].measure()).rejects.toMatchObject({
    name: 'ContractBrokenError',
    pointer: expect.stringContaining('/images/0'),
  });
});
