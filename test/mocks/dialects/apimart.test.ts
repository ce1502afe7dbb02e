/** In a dialect the mock does what that reading says. */
import { expect, test } from 'vitest';
import { type Answer, type Body, data, generations, lake, minute, mockOf } from './mock-of.js';

const vendor = 'apimart';
const market = { ...lake, model: 'gpt-image-1-official' };
const idOf = (answer: Answer) => (answer.body['data'] as [{ task_id: string }])[0].task_id;

test('url-string', async () => {
  const { clock, ask } = await mockOf(vendor, 'url-string');
  const id = idOf(await ask(generations, market));
  clock.advance(minute);
  const { result } = data(await ask(`/v1/tasks/${id}`)) as { result: { images: Body[] } };
  expect(result.images).toEqual([{ url: expect.stringMatching(/^http/), expires_at: expect.any(Number) }]);
});

test('versioned', async () => {
  const { ask } = await mockOf(vendor, 'versioned');
  const headers = { 'X-APIMart-Response-Version': '2026-07-27' };
  const accepted = await ask(generations, market, undefined, headers);
  expect(accepted).toMatchObject({
    status: 202,
    body: { code: 202, data: { object: 'generation.task', id: expect.any(String), status: 'queued' } },
  });
  expect(accepted.headers.get('x-apimart-response-version')).toBe('2026-07-27');
  expect((await ask(`/v1/tasks/${String(data(accepted)['id'])}`)).status).toBe(200);
});

test('observed-errors', async () => {
  const { ask } = await mockOf(vendor, 'observed-errors');
  const error = { code: '', message: expect.any(String), param: '', type: 'apimart_error' };
  expect(await ask(generations, {}, 'sk-nobody')).toMatchObject({ status: 401, body: { error } });
  expect(await ask(generations, market, 'sk-apimart-poor')).toMatchObject({ status: 402, body: { error } });
});

test('immediate-moderation', async () => {
  const { ask } = await mockOf(vendor, 'immediate-moderation');
  const refused = await ask(generations, { ...market, prompt: 'a policy violation' });
  expect(refused).toMatchObject({ status: 400, body: { error: { type: 'invalid_request_error' } } });
});

test('idempotency', async () => {
  const { ask } = await mockOf(vendor, 'idempotency');
  const headers = { 'Idempotency-Key': 'one' };
  const first = await ask(generations, market, undefined, headers);
  const again = await ask(generations, market, undefined, headers);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(await ask(generations, { ...market, prompt: 'Another' }, undefined, headers)).toMatchObject({
    status: 409,
    body: { error: { code: 'idempotency_key_reused' } },
  });
});

test('unknown-task-404', async () => {
  const { ask } = await mockOf(vendor, 'unknown-task-404');
  expect(await ask('/v1/tasks/task_none')).toMatchObject({ status: 404, body: { error: { code: 404 } } });
});

test('invalid-size-500', async () => {
  const { ask } = await mockOf(vendor, 'invalid-size-500');
  const message = 'build_request_failed: invalid size: 7:1, allowed: 1:1, 3:2, 2:3';
  expect(await ask(generations, { ...market, size: '7:1' })).toMatchObject({
    status: 500,
    body: { error: { message } },
  });
  expect((await ask(generations, { ...market, quality: 'no' })).status).toBe(400);
});

test('in-progress-words', async () => {
  const { clock, ask } = await mockOf(vendor, 'in-progress-words');
  const id = idOf(await ask(generations, market));
  expect(data(await ask(`/v1/tasks/${id}`))).toMatchObject({ status: 'submitted' });
  clock.advance(4_000);
  expect(data(await ask(`/v1/tasks/${id}`))).toMatchObject({ status: 'in_progress' });
});

test('sixteen-references', async () => {
  const image_urls = Array.from({ length: 16 }, () => 'https://example.com/a.png');
  expect((await (await mockOf(vendor)).ask(generations, { ...market, image_urls })).status).toBe(400);
  const { ask } = await mockOf(vendor, 'sixteen-references');
  expect((await ask(generations, { ...market, image_urls })).status).toBe(200);
});

test('longer-results', async () => {
  const { clock, ask } = await mockOf(vendor, 'longer-results');
  const id = idOf(await ask(generations, market));
  clock.advance(minute);
  const { completed, result } = data(await ask(`/v1/tasks/${id}`)) as never as {
    completed: number;
    result: { images: [{ expires_at: number }] };
  };
  expect(result.images[0].expires_at - completed).toBe(72 * 3600);
});

test('balance-failure-200', async () => {
  const { ask } = await mockOf(vendor, 'balance-failure-200');
  const told = await ask('/v1/balance', undefined, 'sk-nobody');
  expect(told).toMatchObject({ status: 200, body: { success: false, message: expect.any(String) } });
});
