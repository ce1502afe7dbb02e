/** Smaller rules of the documented readings: languages of messages, masks, extensions, events of a stream. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { contractFile } from '../../specs/index.gen.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const clock = createVirtualClock();
const send = await createMockFetch({ clock });

async function ask(vendor: string, path: string, body?: unknown, language?: string, key?: string) {
  const request = call(`http://mock.test/${vendor}`, vendor, path, body, key);
  if (language !== undefined) request.headers.set('accept-language', language);
  const response = await clock.run(() => send(request));
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

const generations = '/v1/images/generations';
const lake = { model: 'gpt-image-1-official', prompt: 'A lake' };

describe('messages', () => {
  const japanese = /[\u3040-\u30ff]/;
  const chinese = /^[^\u3040-\u30ff]*[\u4e00-\u9fff][^\u3040-\u30ff]*$/;
  const english = /^[\x20-\x7e’]+$/;

  test.each([
    [undefined, english],
    ['ja', japanese],
    ['zh-CN,zh;q=0.9,en;q=0.8', chinese],
    ['fr, en;q=0.9, ja;q=0.8', english],
    ['fr;q=1, ja;q=0.5, zh;q=0.7', chinese],
    ['ko', english],
    ['ja;q=0', english],
    [';;,;q=x', english],
  ])('are in the language of %j', async (language, expected) => {
    const { status, body } = await ask('apimart', generations, { ...lake, n: '1' }, language);
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({ code: 400, message: expect.stringMatching(expected) });
    expect((body['error'] as unknown as { message: string }).message).toMatch(/\bn\b/);
  });

  test('of a failed task are in the language of the query', async () => {
    const accepted = await ask('apimart', generations, { ...lake, prompt: 'a policy violation' });
    const [{ task_id }] = accepted.body['data'] as unknown as [{ task_id: string }];
    clock.advance(60_000);
    const poll = async (query: string, language?: string) =>
      (await ask('apimart', `/v1/tasks/${task_id}${query}`, undefined, language)).body['data'];
    expect(await poll('?language=ja')).toMatchObject({ error: { message: expect.stringMatching(japanese) } });
    expect(await poll('?language=zh', 'ja')).toMatchObject({ error: { message: expect.stringMatching(chinese) } });
    expect(await poll('')).toMatchObject({ error: { message: expect.stringMatching(english) } });
  });

  test('of a vendor without other words stay as they are', async () => {
    const { body } = await ask('evolink', generations, {}, 'ja');
    expect(body['error']).toMatchObject({ message: expect.stringMatching(english) });
  });
});

describe('a mask in a data URI', () => {
  const image = async (width: number, height: number, channels: 3 | 4) => {
    const background = channels === 4 ? { r: 0, g: 0, b: 0, alpha: 0 } : 'black';
    const bytes = await sharp({ create: { width, height, channels, background } }).png().toBuffer();
    return `data:image/png;base64,${bytes.toString('base64')}`;
  };
  const submit = async (mask_url: string, reference: string) =>
    ask('apimart', generations, { ...lake, image_urls: [reference], mask_url });

  test('fits when it has an alpha channel and the size of the first picture', async () => {
    expect((await submit(await image(20, 10, 4), await image(20, 10, 3))).status).toBe(200);
  });

  test.each([
    ['without an alpha channel', () => image(20, 10, 3), 'has no alpha channel'],
    ['of another size', () => image(10, 20, 4), 'is 10x20, the first picture is 20x10'],
    ['that is no picture', () => Promise.resolve('data:image/png;base64,AAAA'), 'is not a picture'],
  ])('%s is refused', async (_, mask, message) => {
    const { status, body } = await submit(await mask(), await image(20, 10, 3));
    expect(status).toBe(400);
    expect((body['error'] as unknown as { message: string }).message).toContain(message);
  });

  test('is not compared with what would have to be fetched, nor is a fetched mask looked at', async () => {
    expect((await submit(await image(20, 10, 4), 'https://example.com/a.png')).status).toBe(200);
    expect((await submit('https://example.com/mask.png', await image(20, 10, 3))).status).toBe(200);
  });
});

test.each([
  ['https://example.com/a.png', 200],
  ['https://example.com/a.webp?width=7', 200],
  ['https://example.com/picture', 200],
  ['https://example.com/v1.5/picture', 200],
  ['https://example.com/a.gif', 400],
  ['https://example.com/a.SVG#top', 400],
])('%s as a reference is a %i', async (url, status) => {
  const body = { model: 'gpt-image-1', prompt: 'A lake', image_urls: [url] };
  expect((await ask('evolink', generations, body)).status).toBe(status);
});

test('every event of a stream is as the contract describes it', async () => {
  const contract = await loadContract(contractFile('apigo'));
  const schema = contract.submit?.responses['200']?.content['text/event-stream'] ?? '';
  const body = { prompt: 'A lake', stream: true, partial_images: 2, size: 'auto' };
  const text = await clock.run(async () =>
    (await send(call('http://mock.test/apigo', 'apigo', generations, body))).text(),
  );
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as { type: string });
  expect(events.map(({ type }) => type.split('.')[1])).toEqual(['partial_image', 'partial_image', 'completed']);
  for (const event of events) {
    expect(contract.violations(schema, event)).toEqual([]);
    expect(contract.violations(schema, { ...event, b64_json: undefined })).not.toEqual([]);
  }
});
