import { expect } from 'vitest';
import { addresses, type Manner, type Row, without } from './vendor-way.js';

export const manner: Manner = {
  vendor: 'evolink',
  submit: '/v1/images/generations',
  legal: { model: 'gpt-image-1', prompt: 'A lake' },
  id: ({ id }) => id,
  poll: (id) => `/v1/tasks/${id}`,
  results: ({ results }) => results,
  callback: 'callback_url',
  several: { n: 4 },
  costs: ({ accepted }) => [accepted.usage.credits_reserved],
};

const hour = 3_600_000;
const error = (code: string, type: string) => ({
  error: expect.objectContaining({ code, type, message: expect.any(String) }),
});

export const rows: Readonly<Record<string, Row>> = {
  E1: (way) => way.accepts({}),
  async E2(way) {
    expect(Object.keys((await way.post()).body).sort()).toEqual(
      ['created', 'id', 'model', 'object', 'progress', 'status', 'task_info', 'type', 'usage'].sort(),
    );
    expect((await way.post()).body).toMatchObject({ object: 'image.generation.task', model: 'gpt-image-1' });
  },
  async E2x(way) {
    expect(await way.post()).toMatchObject({
      status: 200,
      body: {
        status: 'pending',
        task_info: { can_cancel: true, estimated_time: expect.any(Number) },
        usage: { billing_rule: 'per_call', credits_reserved: 2.5, user_group: 'default' },
      },
    });
  },
  async E3(way) {
    const { id, created } = (await way.post()).body;
    expect(id).toMatch(new RegExp(`^task-unified-${created}-[a-z0-9]{8}$`));
  },
  async E4(way) {
    await way.accepts({ model: 'gpt-image-1' });
    await way.refuses({ model: 'gpt-image-1.5' }, { model: 1 });
  },
  E4i: (way) => way.refuses(without('model')),
  async E5(way) {
    await way.accepts({ prompt: 'x'.repeat(2000) });
    await way.refuses(without('prompt'), { prompt: 'x'.repeat(2001) });
  },
  E5i: (way) => way.accepts({ prompt: '🪁'.repeat(2000) }),
  async E6(way) {
    const pairs = { '1:1': '1024x1024', '2:3': '1024x1536', '3:2': '1536x1024' };
    for (const [ratio, pixels] of Object.entries(pairs)) {
      expect(await way.sizeOf({ size: ratio })).toBe(pixels);
      expect(await way.sizeOf({ size: pixels })).toBe(pixels);
    }
    await way.refuses({ size: '16:9' });
  },
  async E6i(way) {
    expect(await way.sizeOf({})).toBe('1024x1024');
  },
  async E7(way) {
    await way.accepts({ quality: 'low' }, { quality: 'medium' }, { quality: 'high' });
    await way.refuses({ quality: 'auto' });
  },
  async E8(way) {
    await way.accepts({ image_urls: addresses(16) }, { image_urls: ['https://example.com/picture'] });
    await way.refuses({ image_urls: [] }, { image_urls: addresses(17) });
  },
  E8i: (way) => way.refuses({ image_urls: ['https://example.com/a.gif'] }),
  async E9(way) {
    expect(await way.pictures()).toHaveLength(1);
    await way.accepts({ n: 10 });
    await way.refuses({ n: 0 }, { n: 11 }, { n: -1 }, { n: 1.5 });
  },
  async E10(way) {
    const { id } = (await way.post()).body;
    const seen: number[] = [];
    for (let step = 0; step < 60; step += 1) {
      seen.push((await way.poll(id)).body.progress);
      way.clock.advance(500);
    }
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.every((value) => Number.isInteger(value) && value >= 0 && value <= 100)).toBe(true);
  },
  async E10x(way) {
    expect((await way.run()).final.body).toMatchObject({ status: 'completed', progress: 100 });
  },
  async E11(way) {
    const { queued, running, final } = await way.run();
    const failed = (await way.run({ prompt: 'a policy violation' })).final;
    const answers = [queued, running, final, failed].map(({ body }) => body);
    expect(answers.map(({ status }) => status)).toEqual(['pending', 'processing', 'completed', 'failed']);
    expect(answers.map(({ type }) => type)).toEqual(['image', 'image', 'image', 'image']);
  },
  async E12(way) {
    const { id, running, final } = await way.run();
    expect(running.body).toMatchObject({ id, task_info: { can_cancel: true } });
    expect(final.body).toMatchObject({
      id,
      results: [expect.stringMatching(/^http/)],
      task_info: { can_cancel: false },
    });
    const failed = (await way.run({ prompt: 'a policy violation' })).final;
    expect(failed.body.error).toEqual({ code: expect.any(String), message: expect.any(String), type: 'task_error' });
  },
  async E13(way) {
    expect(await way.poll('nonsense')).toMatchObject({
      status: 400,
      body: error('invalid_task_id', 'invalid_request_error'),
    });
    expect(await way.poll('task-unified-1-aaaaaaaa')).toMatchObject({
      status: 404,
      body: error('task_not_found', 'invalid_request_error'),
    });
  },
  async E14(way) {
    const table: [string, number, string, string][] = [
      ['invalid', 400, 'invalid_request', 'invalid_request_error'],
      ['unauthorized', 401, 'unauthorized', 'authentication_error'],
      ['payment-required', 402, 'insufficient_quota', 'insufficient_quota'],
      ['forbidden', 403, 'model_access_denied', 'invalid_request_error'],
      ['rate-limited', 429, 'rate_limit_exceeded', 'rate_limit_error'],
      ['server-error', 500, 'internal_error', 'api_error'],
    ];
    for (const [outcome, status, code, type] of table)
      expect(await way.outcome(outcome)).toMatchObject({ status, body: error(code, type) });
  },
  async E14c(way) {
    const limited = await way.other({ scenario: 'tight-limits' });
    for (let index = 0; index < 4; index += 1) await limited.post();
    const refused = await limited.post();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  },
  async E15(way) {
    const codes = new Set([(await way.run({ prompt: 'a policy violation' })).final.body.error.code]);
    for (let index = 0; index < 150; index += 1)
      codes.add((await way.run({ prompt: '[outcome: failed]' })).final.body.error.code);
    expect([...codes].sort()).toEqual([
      'content_policy_violation',
      'generation_failed_no_content',
      'generation_timeout',
      'image_dimension_mismatch',
      'image_processing_error',
      'invalid_parameters',
      'quota_exceeded',
      'request_cancelled',
      'resource_exhausted',
      'resource_not_found',
      'service_error',
      'service_unavailable',
      'unknown_error',
    ]);
  },
  async E16(way) {
    const before = way.balance();
    expect((await way.post()).body.usage.credits_reserved).toBe(2.5);
    expect(before - way.balance()).toBe(2.5);
  },
  async E16d(way) {
    const before = way.balance();
    await way.run();
    expect(before - way.balance()).toBe(2.5);
    const { accepted } = await way.run({ prompt: 'a policy violation' });
    expect(accepted.body.usage.credits_reserved).toBe(2.5);
    expect(before - way.balance()).toBe(2.5);
  },
  async E17(way) {
    const strict = await way.other({ callbacks: 'vendor' });
    await strict.accepts({ callback_url: 'https://example.com/hook' });
    const long = `https://example.com/${'x'.repeat(2048)}`;
    for (const url of ['http://example.com/', 'https://10.0.0.1/', 'https://127.0.0.1/', long])
      await strict.refuses({ callback_url: url });
    way.statuses.push(500, 404, 302, 500);
    const { id } = (await way.post({ callback_url: 'http://127.0.0.1:3000/' })).body;
    await way.settle(hour);
    const waits = way.calls.slice(1).map(({ at }, index) => (at - (way.calls[index]?.at ?? 0)) / 1000);
    expect(waits).toEqual([1, 2, 4]);
    expect(JSON.parse(String(way.calls[0]?.body))).toEqual((await way.poll(id)).body);
  },
  async E18(way) {
    const [url = ''] = manner.results((await way.run()).final.body);
    way.clock.advance(23 * hour);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(hour);
    expect((await way.download(url)).status).toBe(410);
  },
  async E18c(way) {
    await way.post();
    expect((await way.get('/v1/credits')).body).toMatchObject({
      data: { token: { used_credits: 2.5 }, user: { used_credits: 2.5 } },
    });
  },
  async E19(way) {
    const { id } = (await way.post()).body;
    expect((await way.raw('DELETE', `/v1/tasks/${id}`)).status).toBe(405);
    expect((await way.raw('POST', `/v1/tasks/${id}/cancel`)).status).toBe(404);
    const before = way.balance();
    await way.control('POST', `/tasks/evolink/${id}/end`, { outcome: 'cancelled' });
    expect((await way.poll(id)).body).toMatchObject({ status: 'failed', error: { code: 'request_cancelled' } });
    expect(way.balance() - before).toBe(2.5);
  },
};
