import { expect, test } from 'vitest';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const send = await createMockFetch({ clock: createVirtualClock(), vendors: ['apimart', 'gptimage15', 'evolink'] });
const clock = createVirtualClock();
const sendSync = await createMockFetch({ clock, vendors: ['apigo'] });
const base = 'http://mock.test';

async function answer(vendor: string, path: string, body: unknown, key?: string) {
  const response = await (vendor === 'apigo' ? sendSync : send)(call(`${base}/${vendor}`, vendor, path, body, key));
  return { status: response.status, body: (await response.json()) as unknown, headers: response.headers };
}

test('a key is needed, and the refusal has the vendor’s own shape', async () => {
  const refused = await answer('apimart', '/v1/images/generations', {}, 'sk-wrong');
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  expect(refused.body).toEqual({ error: { code: 401, message: expect.any(String), type: 'authentication_error' } });
  expect((await answer('gptimage15', '/api/generate', {}, 'sk-wrong')).body).toEqual({
    code: 401,
    message: expect.any(String),
    data: null,
  });
});

test.each([
  ['apimart', '/v1/images/generations', { model: 'gpt-image-1-official' }],
  ['apimart', '/v1/images/generations', { model: 'gpt-image-1-official', prompt: 'x', n: '1' }],
  [
    'apimart',
    '/v1/images/generations',
    { model: 'gpt-image-1-official', prompt: 'x', mask_url: 'https://a.test/m.png' },
  ],
  [
    'apimart',
    '/v1/images/generations',
    { model: 'gpt-image-1-official', prompt: 'x', background: 'transparent', output_format: 'jpeg' },
  ],
  ['gptimage15', '/api/generate', { prompt: 'x'.repeat(2001) }],
  ['gptimage15', '/api/generate', { prompt: 'x', size: '1024x1024' }],
  ['evolink', '/v1/images/generations', { model: 'gpt-image-1', prompt: 'x', n: 11 }],
  ['evolink', '/v1/images/generations', { model: 'gpt-image-1', prompt: 'x', image_urls: [] }],
  ['apigo', '/v1/images/generations', { model: 'dall-e-3', prompt: 'x', n: 2 }],
  ['apigo', '/v1/images/generations', { model: 'dall-e-2', prompt: 'x', size: '1792x1024' }],
  ['apigo', '/v1/images/generations', { prompt: 'x', background: 'transparent', output_format: 'jpeg' }],
])('%s refuses %s %j', async (vendor, path, body) => {
  expect((await answer(vendor, path, body)).status).toBe(400);
});

test('a number beyond apimart’s bounds is moved into them, not refused', async () => {
  for (const n of [-3, 0, 5, 99]) {
    const accepted = await answer('apimart', '/v1/images/generations', {
      model: 'gpt-image-1-official',
      prompt: 'x',
      n,
    });
    expect(accepted.status).toBe(200);
  }
});

test('fields that are not on the page are tolerated', async () => {
  expect((await answer('gptimage15', '/api/generate', { prompt: 'x', resolution: '1K', seed: 7 })).status).toBe(200);
});

test('an account without money is refused where the vendor documents it, and its task fails where not', async () => {
  const body = { model: 'gpt-image-1-official', prompt: 'x' };
  expect((await answer('apimart', '/v1/images/generations', body, 'sk-apimart-poor')).status).toBe(402);
  expect((await answer('gptimage15', '/api/generate', { prompt: 'x' }, 'sk-gptimage15-poor')).status).toBe(200);
});

test('a body that is no JSON, or nested without end, is a refusal', async () => {
  for (const text of ['{', '', '[[', `${'['.repeat(5000)}${']'.repeat(5000)}`, '"text"', 'null', '\u0000']) {
    const response = await send(
      new Request(`${base}/gptimage15/api/generate`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk-gptimage15-test', 'content-type': 'application/json' },
        body: text,
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 400, data: null });
  }
});

test('paths and methods that the page does not have are 404 and 405 in JSON', async () => {
  const unknown = await answer('evolink', '/v1/videos', {});
  expect(unknown).toMatchObject({ status: 404, body: { error: { message: expect.any(String) } } });
  const wrong = await send(call(`${base}/evolink`, 'evolink', '/v1/images/generations'));
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST');
});

test('equal seeds and requests give equal tasks, and a repeated request gives another task', async () => {
  const run = async () => {
    const again = await createMockFetch({ clock: createVirtualClock(), vendors: ['gptimage15'], seed: 7 });
    const ids = [];
    for (const prompt of ['a', 'b', 'a']) {
      const response = await again(call(`${base}/gptimage15`, 'gptimage15', '/api/generate', { prompt }));
      ids.push(((await response.json()) as { data: { task_id: string } }).data.task_id);
    }
    return ids;
  };
  const first = await run();
  expect(await run()).toEqual(first);
  expect(new Set(first).size).toBe(3);
});

test('a synchronous vendor answers with the images themselves, once they are there', async () => {
  const began = clock.now();
  const done = await clock.run(() =>
    answer('apigo', '/v1/images/generations', { prompt: 'x', model: 'dall-e-3', response_format: 'b64_json' }),
  );
  expect(done.body).toMatchObject({
    created: expect.any(Number),
    data: [{ b64_json: expect.stringMatching(/^iVBOR/) }],
  });
  expect(clock.now() - began).toBeGreaterThan(3_000);
});

test('an answer tells what took effect: nothing of another model’s parameters', async () => {
  const done = await clock.run(() =>
    answer('apigo', '/v1/images/generations', { prompt: 'x', model: 'dall-e-2', size: '256x256' }),
  );
  expect(done.body).toMatchObject({ size: '256x256' });
  expect(done.body).not.toHaveProperty('background');
  expect(done.body).not.toHaveProperty('quality');
});
