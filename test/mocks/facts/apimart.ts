import { expect } from 'vitest';
import { countOf, error, manner, upload } from './apimart-manner.js';
import { tasks } from './apimart-tasks.js';
import { address, addresses, type Row, without } from './vendor-way.js';

export { manner } from './apimart-manner.js';

const clear = { background: 'transparent' };

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
  ...tasks,
};
