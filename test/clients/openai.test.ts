import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningMock, startMock } from '../../src/entry/mock.js';

// The published client of another company, unchanged, against the vendor that is compatible with it.
let mock: RunningMock;
let openai: OpenAI;
beforeAll(async () => {
  mock = await startMock({ vendors: ['apigo'], speed: 1000 });
  openai = new OpenAI({ baseURL: `${mock.vendors['apigo']}/v1`, apiKey: 'sk-apigo-test' });
});
afterAll(() => mock.close());

async function square(colour: string) {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 4, background: colour } })
    .png()
    .toBuffer();
  return toFile(bytes, `${colour}.png`, { type: 'image/png' });
}

test('generates a picture that can be downloaded', async () => {
  const answer = await openai.images.generate({ model: 'gpt-image-1', prompt: 'A cat in a garden', size: '1536x1024' });
  expect(answer.size).toBe('1536x1024');
  expect(answer.usage?.total_tokens).toBe((answer.usage?.input_tokens ?? 0) + (answer.usage?.output_tokens ?? 0));
  const file = await fetch(answer.data?.[0]?.url ?? '');
  expect(await sharp(await file.arrayBuffer()).metadata()).toMatchObject({ width: 1536, height: 1024, format: 'png' });
});

test('edits two files with a mask', async () => {
  const answer = await openai.images.edit({
    model: 'gpt-image-1',
    prompt: 'Put them side by side',
    image: [await square('red'), await square('blue')],
    mask: await square('black'),
    n: 2,
  });
  expect(answer.data).toHaveLength(2);
});

test('gets image bytes where it asks for them', async () => {
  const answer = await openai.images.generate({
    model: 'dall-e-2',
    prompt: 'A cat',
    size: '256x256',
    response_format: 'b64_json',
  });
  const bytes = Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64');
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 256, height: 256 });
});

test('streams previews and then the picture', async () => {
  const stream = await openai.images.generate({
    model: 'gpt-image-1',
    prompt: 'A cat in a garden',
    stream: true,
    partial_images: 2,
  });
  const events = [];
  for await (const event of stream) events.push(event);
  expect(events.map(({ type }) => type)).toEqual([
    'image_generation.partial_image',
    'image_generation.partial_image',
    'image_generation.completed',
  ]);
  // Each preview is nearer to the finished picture than the one before.
  const pixels = await Promise.all(
    events.map(({ b64_json }) => sharp(Buffer.from(b64_json, 'base64')).raw().toBuffer()),
  );
  const [rough = 0, finer = 0, last] = pixels.map((one) =>
    one.reduce((sum, value, index) => sum + Math.abs(value - (pixels[2]?.[index] ?? 0)), 0),
  );
  expect(rough).toBeGreaterThan(finer);
  expect(finer).toBeGreaterThan(0);
  expect(last).toBe(0);
});

test('streams the events of an edit under their own names', async () => {
  const stream = await openai.images.edit({
    model: 'gpt-image-1',
    prompt: 'Make it blue',
    image: await square('red'),
    stream: true,
    partial_images: 1,
  });
  const types = [];
  for await (const event of stream) types.push(event.type);
  expect(types).toEqual(['image_edit.partial_image', 'image_edit.completed']);
});

test('throws its own error classes, with the type and code of the envelope', async () => {
  const wrongKey = new OpenAI({ baseURL: `${mock.vendors['apigo']}/v1`, apiKey: 'sk-nobody' });
  await expect(wrongKey.images.generate({ prompt: 'x' })).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(openai.images.generate({ model: 'dall-e-3', prompt: 'x', n: 2 })).rejects.toMatchObject({
    status: 400,
    type: 'invalid_request_error',
  });
  await expect(openai.images.generate({ prompt: 'a policy violation' })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
});

test.each([
  ['rate-limited', OpenAI.RateLimitError, 429],
  ['server-error', OpenAI.InternalServerError, 500],
  ['bad-gateway', OpenAI.InternalServerError, 502],
  ['payment-required', OpenAI.APIError, 402],
  ['forbidden', OpenAI.PermissionDeniedError, 403],
])('%s is told apart, and asked again only where that can help', async (outcome, kind, status) => {
  const asked = async () => {
    const journal = await fetch(`${mock.origin}/__proofsheet/journal?operation=createImage&status=${status}&limit=0`);
    return ((await journal.json()) as { count: number }).count;
  };
  const before = await asked();
  const work = openai.images.generate({ prompt: `A cat [outcome: ${outcome}]` }, { maxRetries: 1 });
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ status, code: expect.any(String), requestID: expect.stringMatching(/^req_/) });
  expect((await asked()) - before).toBe(status === 429 || status >= 500 ? 2 : 1);
});

test('a stream and an edit that are refused are refused before they begin', async () => {
  const stream = openai.images.generate({ model: 'gpt-image-1', prompt: 'a policy violation', stream: true });
  await expect(stream).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' });
  const edit = openai.images.edit({ model: 'gpt-image-1', prompt: 'Make it blue', image: await square('red'), n: 11 });
  await expect(edit).rejects.toMatchObject({ status: 400, param: 'n' });
  const foreign = openai.images.edit({ model: 'dall-e-3', prompt: 'Make it blue', image: await square('red') });
  await expect(foreign).rejects.toBeInstanceOf(OpenAI.BadRequestError);
});

test('a stream that is left in the middle leaves the mock as it was', async () => {
  const stream = await openai.images.generate({
    model: 'gpt-image-1',
    prompt: 'A cat',
    stream: true,
    partial_images: 3,
  });
  for await (const event of stream) {
    expect(event.type).toBe('image_generation.partial_image');
    break;
  }
  expect((await openai.images.generate({ prompt: 'A cat' })).data).toHaveLength(1);
});
