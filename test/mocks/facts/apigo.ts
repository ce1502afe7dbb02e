import sharp from 'sharp';
import { expect } from 'vitest';
import { type Manner, type Row, type VendorWay, without } from './vendor-way.js';

export const manner: Manner = {
  vendor: 'apigo',
  submit: '/v1/images/generations',
  legal: { prompt: 'A lake' },
  results: ({ data }) => data.map(({ url }: { url: string }) => url),
  several: { n: 4 },
};

const d2 = { model: 'dall-e-2' };
const d3 = { model: 'dall-e-3' };
const sizes = ['256x256', '512x512', '1024x1024', '1536x1024', '1024x1536', '1792x1024', '1024x1792', 'auto'];
const qualities = ['auto', 'low', 'medium', 'high', 'standard', 'hd'];
const gptSizes = ['1024x1024', '1536x1024', '1024x1536', 'auto'];
const d2Sizes = ['256x256', '512x512', '1024x1024'];
const d3Sizes = ['1024x1024', '1792x1024', '1024x1792'];

/** Exactly these values of a parameter are taken together with a model. */
async function takesOnly(way: VendorWay, model: object, name: string, all: string[], taken: string[]) {
  await way.accepts(...taken.map((value) => ({ ...model, [name]: value })));
  await way.refuses(...all.filter((value) => !taken.includes(value)).map((value) => ({ ...model, [name]: value })));
}

interface StreamEvent {
  readonly event: string;
  readonly data: { type: string; b64_json: string; partial_image_index?: number; usage?: object };
}

function eventsOf(text: string): StreamEvent[] {
  return [...text.matchAll(/^event: (.*)\ndata: (.*)\n$/gm)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data),
  }));
}

async function edit(way: VendorWay, fields: Record<string, string>, image = 'image', count = 1) {
  const bytes = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const body = new FormData();
  for (const [name, value] of Object.entries({ prompt: 'As a drawing', ...fields })) body.append(name, value);
  for (let index = 0; index < count; index += 1)
    body.append(image, new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return way.raw('POST', '/v1/images/edits', { body });
}

export const rows: Readonly<Record<string, Row>> = {
  P1: (way) => way.accepts({}),
  async P2(way) {
    const asked = { size: '1536x1024', quality: 'low', background: 'opaque', output_format: 'jpeg' };
    const { body } = await way.post(asked);
    expect(body).toMatchObject({
      ...asked,
      created: expect.any(Number),
      data: [{ url: expect.stringMatching(/^http/) }],
    });
    expect(Number.isInteger(body.created)).toBe(true);
  },
  async P3(way) {
    const { usage } = (await way.post()).body;
    expect(usage.input_tokens + usage.output_tokens).toBe(usage.total_tokens);
    const { image_tokens, text_tokens } = usage.input_tokens_details;
    expect(image_tokens + text_tokens).toBe(usage.input_tokens);
  },
  async P3x(way) {
    expect(Object.keys((await way.post()).body.usage).sort()).toEqual(
      ['input_tokens', 'input_tokens_details', 'output_tokens', 'total_tokens'].sort(),
    );
  },
  async P4(way) {
    await way.accepts({}, { model: 'gpt-image-1' }, d2, d3);
    await way.refuses(without('prompt'), { model: 'gpt-image-2' });
  },
  async P4i(way) {
    await way.accepts({ size: '1536x1024', background: 'transparent' });
    await way.refuses({ size: '256x256' });
  },
  async P5(way) {
    expect(await way.pictures()).toHaveLength(1);
    expect(await way.pictures({ n: 2 })).toHaveLength(2);
    await way.accepts({ ...d3, n: 1 });
    await way.refuses({ n: 0 }, { n: 11 }, { ...d3, n: 2 });
  },
  P6: (way) => way.refuses({ size: '640x480' }, { ...d2, size: '640x480' }, { ...d3, size: '640x480' }),
  async P6d(way) {
    await takesOnly(way, {}, 'size', sizes, gptSizes);
    await takesOnly(way, d2, 'size', sizes, d2Sizes);
    await takesOnly(way, d3, 'size', sizes, d3Sizes);
  },
  async P6i(way) {
    expect(await way.sizeOf({})).toBe('1024x1024');
    expect(await way.sizeOf({ size: 'auto' })).toBe('1024x1024');
  },
  P7: (way) => way.refuses({ quality: 'best' }, { ...d2, quality: 'best' }, { ...d3, quality: 'best' }),
  async P7d(way) {
    await takesOnly(way, {}, 'quality', qualities, ['auto', 'low', 'medium', 'high']);
    await takesOnly(way, d2, 'quality', qualities, ['standard']);
    await takesOnly(way, d3, 'quality', qualities, ['standard', 'hd']);
  },
  async P7i(way) {
    expect((await way.post()).body.quality).toBe('auto');
  },
  async P8(way) {
    await takesOnly(
      way,
      {},
      'background',
      ['blue', 'auto', 'opaque', 'transparent'],
      ['auto', 'opaque', 'transparent'],
    );
    await takesOnly(way, {}, 'moderation', ['auto', 'low', 'none'], ['auto', 'low']);
    await takesOnly(way, {}, 'output_format', ['png', 'jpeg', 'webp', 'gif'], ['png', 'jpeg', 'webp']);
    const foreign = [{ background: 'opaque' }, { moderation: 'low' }, { output_format: 'png' }, { stream: true }];
    await way.refuses(...[d2, d3].flatMap((model) => foreign.map((one) => ({ ...model, ...one }))));
    expect(await way.pictures({ background: 'transparent' })).toMatchObject([{ hasAlpha: true, isOpaque: false }]);
    expect(await way.pictures({ output_format: 'webp' })).toMatchObject([{ format: 'webp' }]);
  },
  async P9(way) {
    await way.accepts(
      { output_compression: 0, output_format: 'jpeg' },
      { output_compression: 100, output_format: 'png' },
    );
    await way.refuses({ output_compression: 101, output_format: 'jpeg' }, { output_compression: -1 });
  },
  async P10(way) {
    for (const model of [d2, d3]) {
      const [picture] = (await way.post({ ...model, response_format: 'b64_json' })).body.data;
      expect(picture).toEqual({ b64_json: expect.stringMatching(/^iVBOR/) });
      await way.refuses({ ...model, response_format: 'file' });
    }
  },
  async P10c(way) {
    expect((await way.post({ response_format: 'b64_json' })).body.data).toEqual([{ url: expect.any(String) }]);
  },
  async P11(way) {
    await way.accepts({ ...d3, style: 'vivid' }, { ...d3, style: 'natural' }, { user: 'anybody' });
    await way.refuses({ ...d3, style: 'plain' }, { style: 'vivid' }, { ...d2, style: 'vivid' }, { user: 7 });
  },
  async P12(way) {
    await way.refuses({ stream: true, partial_images: 4 }, { stream: true, partial_images: -1 });
    const previews = async (change: object) =>
      eventsOf((await way.post({ stream: true, ...change })).body).filter(({ event }) =>
        event.endsWith('partial_image'),
      );
    expect(await previews({})).toHaveLength(0);
    expect(await previews({ partial_images: 3 })).toHaveLength(3);
  },
  async P13(way) {
    const { headers, body } = await way.post({ stream: true, partial_images: 2 });
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(body).not.toContain('[DONE]');
    const events = eventsOf(body);
    expect(events.map(({ event }) => event)).toEqual([
      'image_generation.partial_image',
      'image_generation.partial_image',
      'image_generation.completed',
    ]);
    for (const { event, data } of events) expect(data.type).toBe(event);
    expect(events.map(({ data }) => data.partial_image_index)).toEqual([0, 1, undefined]);
    expect(events.map(({ data }) => data.usage !== undefined)).toEqual([false, false, true]);
    for (const { data } of events)
      expect(await sharp(Buffer.from(data.b64_json, 'base64')).metadata()).toMatchObject({ width: 1024, height: 1024 });
  },
  async P14(way) {
    expect((await edit(way, {})).status).toBe(200);
  },
  async P14d(way) {
    expect((await edit(way, {}, 'image[]', 16)).status).toBe(200);
    expect((await edit(way, {}, 'image[]', 17)).status).toBe(400);
    expect((await edit(way, { model: 'dall-e-2', size: '256x256' })).body.data).toEqual([{ url: expect.any(String) }]);
    expect((await edit(way, { model: 'dall-e-3' })).status).toBe(400);
    expect((await edit(way, {}, 'photo')).status).toBe(400);
    const events = eventsOf((await edit(way, { stream: 'true', partial_images: '1' })).body);
    expect(events.map(({ event }) => event)).toEqual(['image_edit.partial_image', 'image_edit.completed']);
  },
  async P15(way) {
    const gateway = await way.outcome('bad-gateway');
    expect(gateway).toMatchObject({
      status: 502,
      body: { error: { type: 'invalid_request_error', code: 'missing_upstream_key', message: expect.any(String) } },
    });
    expect((await way.outcome('payment-required')).status).toBe(402);
    expect((await way.post({ n: 11 }, { 'x-request-id': 'mine' })).headers.get('x-request-id')).toBe('mine');
    expect((await way.post()).headers.get('x-request-id')).toMatch(/^req_/);
    expect((await way.post({ n: 11 })).body.error.param).toBe('n');
  },
  async P15i(way) {
    const codes = { invalid: 'invalid_value', forbidden: 'model_not_allowed', 'rate-limited': 'rate_limit_exceeded' };
    for (const [outcome, code] of Object.entries(codes))
      expect((await way.outcome(outcome)).body.error.code).toBe(code);
    expect(await way.post({ prompt: 'a policy violation' })).toMatchObject({
      status: 400,
      body: { error: { code: 'content_policy_violation' } },
    });
  },
  async P16(way) {
    const [{ b64_json }] = (await way.post({ ...d2, size: '256x256', response_format: 'b64_json' })).body.data;
    expect(await sharp(Buffer.from(b64_json, 'base64')).metadata()).toMatchObject({ width: 256, height: 256 });
  },
  async P16d(way) {
    const [url = ''] = manner.results((await way.post()).body);
    way.clock.advance(3_599_000);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(1_000);
    expect((await way.download(url)).status).toBe(410);
  },
  async P17(way) {
    const clear = { background: 'transparent' };
    await way.accepts({ ...clear, output_format: 'png' }, { ...clear, output_format: 'webp' });
    await way.refuses({ ...clear, output_format: 'jpeg' });
  },
  async P18(way) {
    const { body, headers } = await way.post({ ...d3, stream: true });
    expect([headers.get('content-type'), body.data]).toEqual([expect.stringMatching(/^application\/json/), undefined]);
  },
  P18i: (way) => way.refuses({ ...d3, background: 'opaque' }, { ...d2, style: 'vivid' }),
  async P19c(way) {
    // It may: ours does not, which is the other half of "may".
    expect((await way.post(d3)).body.data[0]).not.toHaveProperty('revised_prompt');
  },
  async P20i(way) {
    const before = way.balance();
    const { usage } = (await way.post({ n: 3 })).body;
    expect(usage.total_tokens).toBe(3 * 1024 + 2);
    expect(before - way.balance()).toBeCloseTo(usage.total_tokens / 1000, 6);
  },
};
