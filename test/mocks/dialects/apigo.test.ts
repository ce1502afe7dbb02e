/** In a dialect the mock does what that reading says. */
import { expect, test } from 'vitest';
import { generations, lake, mockOf, plain } from './mock-of.js';

const vendor = 'apigo';
const b64 = [{ b64_json: expect.stringMatching(/^iVBOR/) }];
const url = [{ url: expect.stringMatching(/^http/) }];

test('b64-json', async () => {
  const { ask } = await mockOf(vendor, 'b64-json');
  expect((await ask(generations, lake)).body['data']).toEqual(b64);
  expect((await ask(generations, { ...lake, model: 'dall-e-3' })).body['data']).toEqual(url);
});

test('lenient: accepted, and without effect', async () => {
  const foreign = { ...lake, model: 'dall-e-3', background: 'transparent', stream: true, output_format: 'webp' };
  expect((await (await mockOf(vendor)).ask(generations, foreign)).status).toBe(400);
  const { ask } = await mockOf(vendor, 'lenient');
  const answer = await ask(generations, foreign);
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('background');
  expect(answer.body['data']).toEqual([{ url: expect.stringMatching(/\.png$/) }]);
  expect((await ask(generations, { ...lake, style: 'vivid' })).status).toBe(200);
  expect((await ask(generations, { ...lake, model: 'dall-e-3', n: 2 })).status).toBe(400);
});

test('dall-e-2-default', async () => {
  const { ask } = await mockOf(vendor, 'dall-e-2-default');
  expect(await ask(generations, { ...lake, size: '256x256' })).toMatchObject({
    status: 200,
    body: { size: '256x256' },
  });
  expect((await ask(generations, { ...lake, size: '1536x1024' })).status).toBe(400);
  expect((await ask(generations, { ...plain, size: '1536x1024' })).status).toBe(200);
  expect((await ask(generations, { ...lake, response_format: 'b64_json' })).body['data']).toEqual(b64);
});

test('param-null', async () => {
  const { ask } = await mockOf(vendor, 'param-null');
  expect((await ask(generations, lake, 'sk-nobody')).body).toMatchObject({ error: { param: null } });
  expect((await ask(generations, { ...lake, n: 11 })).body).toMatchObject({ error: { param: 'n' } });
});

test('strict-response-format', async () => {
  const { ask } = await mockOf(vendor, 'strict-response-format');
  expect((await ask(generations, { ...plain, response_format: 'b64_json' })).status).toBe(400);
  expect((await ask(generations, { ...lake, model: 'dall-e-2', response_format: 'b64_json' })).status).toBe(200);
});

test('background-resolved', async () => {
  const { ask } = await mockOf(vendor, 'background-resolved');
  expect((await ask(generations, lake)).body).toMatchObject({ background: 'opaque' });
});

test('flat-sizes', async () => {
  const { ask } = await mockOf(vendor, 'flat-sizes');
  expect((await ask(generations, { ...plain, size: '1792x1024' })).body).toMatchObject({ size: '1792x1024' });
});
