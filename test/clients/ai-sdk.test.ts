import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateImage, NoImageGeneratedError } from 'ai';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningMock, startMock } from '../../src/entry/mock.js';

// A published client of another company, unchanged. It always sends `n` and `response_format: b64_json`.
let mock: RunningMock;
const vendor = (apiKey = 'sk-apigo-test') =>
  createOpenAICompatible({ name: 'apigo', baseURL: `${mock.vendors['apigo']}/v1`, apiKey });

beforeAll(async () => {
  mock = await startMock({ vendors: ['apigo'], speed: 1000 });
});
afterAll(() => mock.close());

test('generates pictures, though it asks for an encoding that the model ignores', async () => {
  const { images, warnings } = await generateImage({
    model: vendor().imageModel('gpt-image-1'),
    prompt: 'A cat in a garden',
    size: '1536x1024',
    n: 2,
  });
  expect(warnings).toEqual([]);
  expect(images).toHaveLength(2);
  for (const { uint8Array, mediaType } of images) {
    expect(mediaType).toBe('image/png');
    expect(await sharp(uint8Array).metadata()).toMatchObject({ width: 1536, height: 1024, format: 'png' });
  }
});

test('passes options of the vendor on', async () => {
  const { image } = await generateImage({
    model: vendor().imageModel('gpt-image-1'),
    prompt: 'A fox on clear glass',
    providerOptions: { apigo: { output_format: 'webp', background: 'transparent' } },
  });
  expect(await sharp(image.uint8Array).metadata()).toMatchObject({ format: 'webp', hasAlpha: true });
});

test('gets base64 where the model gives it', async () => {
  const { image } = await generateImage({ model: vendor().imageModel('dall-e-2'), prompt: 'A cat', size: '256x256' });
  expect(await sharp(image.uint8Array).metadata()).toMatchObject({ width: 256, height: 256 });
});

test('edits a picture that it sends as a file', async () => {
  const red = await sharp({ create: { width: 64, height: 64, channels: 4, background: 'red' } })
    .png()
    .toBuffer();
  const { image } = await generateImage({
    model: vendor().imageModel('gpt-image-1'),
    prompt: { text: 'Make it blue', images: [red] },
  });
  expect(await sharp(image.uint8Array).metadata()).toMatchObject({ width: 1024, height: 1024 });
});

test.each([
  ['a wrong key', 'sk-nobody', 'gpt-image-1', { prompt: 'x' }, 401],
  ['a size of another model', undefined, 'dall-e-2', { prompt: 'x', size: '1536x1024' as const }, 400],
  ['a refused prompt', undefined, 'gpt-image-1', { prompt: 'a policy violation' }, 400],
  ['a short balance', 'sk-apigo-poor', 'gpt-image-1', { prompt: 'x' }, 402],
  ['a limit', undefined, 'gpt-image-1', { prompt: '[outcome: rate-limited]' }, 429],
  ['a failure of the vendor', undefined, 'gpt-image-1', { prompt: '[outcome: server-error]' }, 500],
  [
    'an edit by a model that cannot',
    undefined,
    'dall-e-3',
    { prompt: { text: 'x', images: [new Uint8Array(9)] } },
    400,
  ],
])('%s is its own error class, with the vendor’s message', async (_, key, model, request, statusCode) => {
  const work = generateImage({ ...request, model: vendor(key).imageModel(model), maxRetries: 0 });
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(NoImageGeneratedError.isInstance(error)).toBe(false);
  expect(APICallError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ statusCode, message: expect.stringMatching(/\w/) });
});

test('asks again after a failure that may pass, and gives up with the last reason', async () => {
  const asked = async () => {
    const journal = await fetch(`${mock.origin}/__proofsheet/journal?operation=createImage&status=502&limit=0`);
    return ((await journal.json()) as { count: number }).count;
  };
  const work = generateImage({
    model: vendor().imageModel('gpt-image-1'),
    prompt: '[outcome: bad-gateway]',
    maxRetries: 1,
  });
  await expect(work).rejects.toMatchObject({ lastError: { statusCode: 502, isRetryable: true } });
  expect(await asked()).toBe(2);
});
