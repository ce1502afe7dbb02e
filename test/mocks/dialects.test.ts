/** In a dialect the mock does what that reading says, and a judge with that reading has nothing to say against it. */
import { describe, expect, test } from 'vitest';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { dialectNames } from '../../src/contract/dialects.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { judgeMock } from '../support/judge.js';
import { call } from '../support/transports.js';

type Body = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

async function mockOf(vendor: string, ...dialects: string[]) {
  const clock = createVirtualClock();
  const send = await createMockFetch({ vendors: [vendor], clock, dialects });
  const ask = async (path: string, body?: unknown, key?: string, headers: Record<string, string> = {}) => {
    const request = call(`http://mock.test/${vendor}`, vendor, path, body, key);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    const response = await clock.run(() => send(request));
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body,
    };
    return answer;
  };
  /** What the control API does, and what a poll tells then. */
  const end = async (path: string, id: string, outcome: string) => {
    const at = `http://127.0.0.1/__proofsheet/tasks/${vendor}/${id}/end`;
    expect((await send(new Request(at, { method: 'POST', body: JSON.stringify({ outcome }) }))).status).toBe(200);
    return ask(path + id);
  };
  return { clock, ask, end };
}

const generations = '/v1/images/generations';
const lake = { prompt: 'A lake' };
const market = { ...lake, model: 'gpt-image-1-official' };
const plain = { ...lake, model: 'gpt-image-1' };
const data = ({ body }: Answer) => body['data'] as Body;
const minute = 60_000;

describe('the market of models', () => {
  const vendor = 'apimart';
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
});

describe('the vendor with an envelope', () => {
  const vendor = 'gptimage15';
  const finished = async (dialect: string, prompt = 'A lake') => {
    const { clock, ask } = await mockOf(vendor, dialect);
    const accepted = await ask('/api/generate', { prompt });
    const path = `/api/status?task_id=${String(data(accepted)['task_id'])}`;
    const running = await ask(path);
    clock.advance(minute);
    return { accepted: data(accepted), running: data(running), ended: data(await ask(path)) };
  };

  test('json-string', async () => {
    const { ended } = await finished('json-string');
    expect(JSON.parse(String(ended['response']))).toEqual([expect.stringMatching(/^http/)]);
    const failed = (await finished('json-string', 'a policy violation')).ended;
    expect(failed).toMatchObject({ status: 'FAILED', response: null });
    expect(JSON.parse(String(failed['request']))).toEqual({ prompt: 'a policy violation' });
  });

  test('integer-status', async () => {
    const { accepted, running, ended } = await finished('integer-status');
    expect([accepted, running, ended].map(({ status }) => status)).toEqual([0, 0, 1]);
    expect((await finished('integer-status', 'a policy violation')).ended).toMatchObject({ status: -1 });
  });

  test('payment-required', async () => {
    const { ask } = await mockOf(vendor, 'payment-required');
    const refused = await ask('/api/generate', lake, 'sk-gptimage15-poor');
    expect(refused).toMatchObject({ status: 402, body: { code: 402, data: null } });
  });

  test('pending-first', async () => {
    const { accepted, running } = await finished('pending-first');
    expect([accepted, running].map(({ status }) => status)).toEqual(['PENDING', 'PENDING']);
  });

  test('older-page', async () => {
    const { running, ended } = await finished('older-page');
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(running).toMatchObject({ status: 0, type: 1, consumed_credit: 20, created_at: moment });
    expect(ended).toMatchObject({ status: 1, updated_at: moment, response: expect.stringMatching(/^\["http/) });
  });
});

describe('the synchronous vendor', () => {
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
});

describe('the vendor with a bare task', () => {
  const vendor = 'evolink';

  test('default-model', async () => {
    const { ask } = await mockOf(vendor, 'default-model');
    expect(await ask(generations, lake)).toMatchObject({ status: 200, body: { model: 'gpt-image-1' } });
  });

  test('poll-error-names', async () => {
    const { ask } = await mockOf(vendor, 'poll-error-names');
    const error = { code: 'quota_exceeded', type: 'insufficient_quota' };
    expect(await ask(generations, plain, 'sk-evolink-poor')).toMatchObject({ status: 402, body: { error } });
  });

  test('integer-error-codes', async () => {
    const { ask } = await mockOf(vendor, 'integer-error-codes');
    expect(await ask(generations, plain, 'sk-nobody')).toMatchObject({ status: 401, body: { error: { code: 401 } } });
  });

  test('cancelled', async () => {
    const cancelled = async (...dialects: string[]) => {
      const { ask, end } = await mockOf(vendor, ...dialects);
      return (await end('/v1/tasks/', String((await ask(generations, plain)).body['id']), 'cancelled')).body;
    };
    expect(await cancelled()).toMatchObject({ status: 'failed', error: { code: 'request_cancelled' } });
    expect(await cancelled('cancelled')).toMatchObject({ status: 'cancelled' });
    expect(await cancelled('cancelled')).not.toHaveProperty('error');
  });

  test('few-fields', async () => {
    const { ask } = await mockOf(vendor, 'few-fields');
    expect((await ask(generations, plain)).body).toEqual({ id: expect.any(String), status: 'pending' });
  });
});

/** What a judge finds in spite of the dialect: these readings break what any API owes. */
const accused: Readonly<Record<string, readonly string[]>> = {
  'balance-failure-200': ['missing-key-refused', 'wrong-key-refused'],
  'invalid-size-500': ['constraint-refused', 'random-requests', 'server-error'],
};

const all = await Promise.all(
  vendorIds.map(async (vendor) => (await dialectNames(contractFile(vendor))).map((name) => [vendor, name] as const)),
);

describe('a clean mock in a dialect is accused of nothing by a judge with that dialect', () => {
  test.each(all.flat())('%s %s', async (vendor, name) => {
    const report = await judgeMock(vendor, [], 1, [name]);
    expect([...new Set(report.findings.map(({ check }) => check))].sort()).toEqual(accused[name] ?? []);
  });
});
