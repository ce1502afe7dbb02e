import sharp from 'sharp';
import { expect } from 'vitest';
import { address, addresses, type Manner, type Row, type VendorWay, without } from './vendor-way.js';

export const manner: Manner = {
  vendor: 'apimart',
  submit: '/v1/images/generations',
  legal: { model: 'gpt-image-1-official', prompt: 'A lake' },
  id: ({ data }) => data[0].task_id,
  poll: (id) => `/v1/tasks/${id}`,
  results: ({ data }) => data.result.images.flatMap(({ url }: { url: string[] }) => url),
  callback: 'webhook',
  several: { n: 4 },
  costs: ({ final }) => [final.data.cost],
};

const hour = 3_600_000;
const clear = { background: 'transparent' };
const error = (code: number, type: string) => ({ error: { code, type, message: expect.any(String) } });
const countOf = async (way: VendorWay, change: object) => (await way.pictures(change)).length;

async function upload(way: VendorWay, width: number, height: number, channels: 3 | 4) {
  const background = { r: 0, g: 90, b: 90, alpha: 0.5 };
  const bytes = await sharp({ create: { width, height, channels, background } }).png().toBuffer();
  const body = new FormData();
  body.append('file', new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return (await way.raw('POST', '/v1/uploads/images', { body })).body as { url: string; bytes: number };
}

export const rows: Readonly<Record<string, Row>> = {
  A1: (way) => way.accepts({}),
  async A2(way) {
    const { status, body } = await way.post();
    expect([status, body]).toEqual([200, { code: 200, data: [{ status: 'submitted', task_id: expect.any(String) }] }]);
  },
  async A3(way) {
    expect((await way.post()).body.data[0].task_id).toMatch(/^task_01K[0-9A-Z]{23}$/);
  },
  async A4(way) {
    expect((await way.post(without('prompt'))).body).toEqual(error(400, 'invalid_request_error'));
  },
  async A5(way) {
    const table: [string, number, string][] = [
      ['invalid', 400, 'invalid_request_error'],
      ['unauthorized', 401, 'authentication_error'],
      ['payment-required', 402, 'payment_required'],
      ['forbidden', 403, 'permission_error'],
      ['rate-limited', 429, 'rate_limit_error'],
      ['server-error', 500, 'server_error'],
      ['bad-gateway', 502, 'bad_gateway'],
    ];
    for (const [outcome, status, type] of table)
      expect(await way.outcome(outcome)).toMatchObject({ status, body: error(status, type) });
  },
  async A5c(way) {
    const limited = await way.other({ scenario: 'tight-limits' });
    for (let index = 0; index < 4; index += 1) await limited.post();
    const refused = await limited.post();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  },
  async A6(way) {
    const messages = await Promise.all(
      ['ja', 'zh', 'en'].map(
        async (language) => (await way.post(without('prompt'), { 'accept-language': language })).body.error.message,
      ),
    );
    expect(new Set(messages).size).toBe(3);
  },
  async A6i(way) {
    const { body } = await way.post(without('prompt'), { 'accept-language': 'ja' });
    expect(body.error.message).toMatch(/[\u3040-\u30ff]/);
  },
  async A7(way) {
    await way.accepts({ model: 'gpt-image-1-official' }, { model: 'gpt-image-1.5-official' });
    await way.refuses(without('model'), { model: 'gpt-image-1' }, { model: 7 });
  },
  async A8(way) {
    await way.accepts({ prompt: '湖' }, { prompt: 'A lake' });
    await way.refuses(without('prompt'), { prompt: 7 });
  },
  async A9(way) {
    expect(await way.sizeOf({})).toBe('1024x1024');
    expect(await way.sizeOf({ size: '1:1' })).toBe('1024x1024');
    expect(await way.sizeOf({ size: '3:2' })).toBe('1536x1024');
    expect(await way.sizeOf({ size: '2:3' })).toBe('1024x1536');
    await way.refuses({ size: '1024x1024' });
  },
  async A10(way) {
    expect(await countOf(way, {})).toBe(1);
    expect(await countOf(way, { n: 0 })).toBe(1);
    expect(await countOf(way, { n: -7 })).toBe(1);
    expect(await countOf(way, { n: 5 })).toBe(4);
  },
  A10i: (way) => way.refuses({ n: 1.5 }, { n: true }, { n: null }),
  A11: (way) => way.refuses({ n: '1' }),
  async A12(way) {
    await way.accepts(...['auto', 'low', 'medium', 'high'].map((quality) => ({ quality })));
    await way.refuses({ quality: 'hd' });
  },
  async A13(way) {
    await way.accepts({ background: 'auto' }, { background: 'opaque' });
    await way.refuses({ background: 'blue' });
    expect(await way.pictures()).toMatchObject([{ isOpaque: true }]);
    expect(await way.pictures(clear)).toMatchObject([{ hasAlpha: true, isOpaque: false, format: 'png' }]);
  },
  A14: (way) => way.refuses({ ...clear, output_format: 'jpeg' }),
  async A15(way) {
    await way.accepts({ moderation: 'auto' }, { moderation: 'low' });
    await way.refuses({ moderation: 'none' });
  },
  async A16(way) {
    expect(await way.pictures()).toMatchObject([{ format: 'png' }]);
    expect(await way.pictures({ output_format: 'jpeg' })).toMatchObject([{ format: 'jpeg' }]);
    await way.refuses({ output_format: 'webp' });
  },
  async A17(way) {
    await way.accepts({ output_compression: 0 }, { output_compression: 100, output_format: 'png' });
    await way.refuses({ output_compression: 101 }, { output_compression: -1 }, { output_compression: 1.5 });
  },
  async A18(way) {
    await way.accepts({ image_urls: addresses(1) }, { image_urls: addresses(15) });
    await way.refuses({ image_urls: addresses(16) });
  },
  async A18i(way) {
    await way.accepts({ image_urls: [] });
    await way.refuses({ image_urls: ['one.png'] });
  },
  async A19(way) {
    await way.refuses({ mask_url: address });
    const [first, fits, opaque, other] = await Promise.all([
      upload(way, 20, 10, 3),
      upload(way, 20, 10, 4),
      upload(way, 20, 10, 3),
      upload(way, 10, 20, 4),
    ]);
    const edit = (mask: { url: string }) => ({ image_urls: [first.url], mask_url: mask.url });
    await way.accepts(edit(fits));
    await way.refuses(edit(opaque), edit(other));
    // A picture that the mock has made is looked into as well.
    const [made = ''] = manner.results((await way.run(clear)).final.body);
    await way.refuses({ image_urls: [first.url], mask_url: made });
    await way.accepts({ image_urls: [made], mask_url: made }, { image_urls: [address], mask_url: address });
  },
  async A20(way) {
    expect(await countOf(way, { n: 3 })).toBe(3);
  },
  async A21(way) {
    expect((await way.get(`/v1/tasks/${manner.id?.((await way.post()).body)}`)).status).toBe(200);
  },
  async A22(way) {
    const { id, queued, final } = await way.run();
    const told = { id, created: expect.any(Number), estimated_time: expect.any(Number) };
    expect(queued.body).toEqual({ code: 200, data: { ...told, status: 'pending', progress: 0 } });
    expect(final.body).toEqual({
      code: 200,
      data: {
        ...told,
        status: 'completed',
        progress: 100,
        completed: expect.any(Number),
        actual_time: expect.any(Number),
        cost: expect.any(Number),
        result: { images: [{ url: [expect.stringMatching(/^http/)], expires_at: expect.any(Number) }] },
      },
    });
    const failed = await way.run({ prompt: 'a policy violation' });
    expect(failed.final.body.data).toMatchObject({ status: 'failed', error: { code: 'task_failed' } });
  },
  async A22c(way) {
    expect((await way.run({ quality: 'low' })).final.body.data.cost).toBe(0.011);
  },
  async A23(way) {
    const { queued, running, final } = await way.run();
    expect([queued, running, final].map(({ body }) => body.data.status)).toEqual([
      'pending',
      'processing',
      'completed',
    ]);
    expect((await way.run({ prompt: 'a policy violation' })).final.body.data.status).toBe('failed');
    const id = manner.id?.((await way.post()).body) ?? '';
    await way.control('POST', `/tasks/apimart/${id}/end`, { outcome: 'cancelled' });
    expect((await way.poll(id)).body.data.status).toBe('cancelled');
  },
  async A23s(way) {
    expect((await way.post()).body.data[0].status).toBe('submitted');
  },
  async A24(way) {
    const { final } = await way.run({ prompt: 'a policy violation' });
    expect(final).toMatchObject({ status: 200, body: { code: 200, data: { status: 'failed' } } });
  },
  async A24i(way) {
    const { accepted, final } = await way.run({ prompt: 'a policy violation' });
    expect([accepted.status, final.body.data.status]).toEqual([200, 'failed']);
  },
  async A25(way) {
    expect(await way.get('/v1/tasks/task_none')).toMatchObject({
      status: 400,
      body: error(400, 'invalid_request_error'),
    });
  },
  async A26(way) {
    const costOf = async (change: object) => (await way.run(change)).final.body.data.cost;
    const one = await costOf({ quality: 'high', size: '3:2' });
    expect(await costOf({ quality: 'high', size: '3:2' })).toBe(one);
    expect(await costOf({ quality: 'high', size: '3:2', n: 3 })).toBeCloseTo(3 * one, 6);
    expect(await costOf({ prompt: 'a policy violation' })).toBe(0);
  },
  async A26i(way) {
    const costOf = async (quality: string) => (await way.run({ quality })).final.body.data.cost;
    expect(await costOf('auto')).toBe(await costOf('medium'));
  },
  async A27(way) {
    const { final } = await way.run();
    const { completed, result } = final.body.data;
    expect(result.images[0].expires_at - completed).toBe(24 * 3600);
  },
  async A27i(way) {
    const [url = ''] = manner.results((await way.run()).final.body);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(24 * hour);
    expect((await way.download(url)).status).toBe(410);
  },
  async A29(way) {
    const { url, bytes } = await upload(way, 8, 8, 3);
    expect(bytes).toBeGreaterThan(0);
    way.clock.advance(72 * hour - 1);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(1);
    expect((await way.download(url)).status).toBe(410);
    for (const path of ['/v1/balance', '/v1/user/balance', '/v1/models'])
      expect((await way.get(path)).status).toBe(200);
  },
  async A29c(way) {
    const { remain_balance, remain_credits } = (await way.get('/v1/balance')).body;
    expect(remain_credits).toBeCloseTo(10 * remain_balance, 3);
  },
  async A29i(way) {
    const { object, data } = (await way.get('/v1/models')).body;
    expect([object, data[0]]).toEqual(['list', { id: 'gpt-image-1-official', object: 'model' }]);
  },
  async A30(way) {
    way.statuses.push(500, 500, 500, 500);
    const id = manner.id?.((await way.post({ webhook: 'http://127.0.0.1:3000/hook' })).body) ?? '';
    await way.settle(hour);
    const [first, ...retries] = way.calls;
    expect(first?.url).toBe('http://127.0.0.1:3000/hook/callback');
    expect(JSON.parse(String(first?.body))).toEqual((await way.poll(id)).body);
    const waits = retries.map(({ at }, index) => (at - (way.calls[index]?.at ?? 0)) / 1000);
    expect(waits).toEqual([10, 30, 60]);
    way.calls.length = 0;
    way.statuses.push(404);
    await way.post({ webhook: 'http://127.0.0.1:3000/hook' });
    await way.settle(hour);
    expect(way.calls).toHaveLength(1);
  },
};
