import { expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { OutcomeUnknownError } from '../../src/client/errors/outcome-unknown-error.js';
import { StreamFailedError } from '../../src/client/errors/stream-failed-error.js';
import { StreamStalledError } from '../../src/client/errors/stream-stalled-error.js';
import { UnsupportedError } from '../../src/client/errors/unsupported-error.js';
import { VendorRefusedError } from '../../src/client/errors/vendor-refused-error.js';
import { createImageClient } from '../../src/client/image-client.js';
import type { StreamEvent, StreamOptions, StreamRequest } from '../../src/client/stream-event.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, KEY, PICTURE } from './fake-vendor.js';

const contract = await contractOf('apigo');
const b64_json = Buffer.from(PICTURE).toString('base64');

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const preview = (index: number) =>
  event('image_generation.partial_image', { b64_json, partial_image_index: index, output_format: 'webp' });
const picture = event('image_generation.completed', { b64_json, created_at: 7, usage: { total_tokens: 9 } });

type Step = string | Error | 'silence';

/** A vendor that says these things one after the other. */
function setUp(steps: readonly Step[], headers: Record<string, string> = { 'content-type': 'text/event-stream' }) {
  const clock = createVirtualClock();
  const requests: { url: string; body: string; accept: string | null }[] = [];
  const seen = { cancelled: false };
  const rest = [...steps];
  const body = () =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const step = rest.shift();
        if (step === undefined) return controller.close();
        if (step === 'silence') return new Promise<never>(() => undefined);
        if (step instanceof Error) return controller.error(step);
        controller.enqueue(new TextEncoder().encode(step));
      },
      cancel() {
        seen.cancelled = true;
      },
    });
  const transport = async (request: Request) => {
    // Reading a form takes real time, for which virtual time must wait.
    const sent = await clock.hold(request.text());
    requests.push({ url: request.url, body: sent, accept: request.headers.get('accept') });
    return new Response(body(), { headers });
  };
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport, clock });
  const read = (request: Partial<StreamRequest> = {}, options: StreamOptions = {}) =>
    clock.run(async () => {
      const events: StreamEvent[] = [];
      let error: unknown;
      try {
        for await (const one of client.stream({ prompt: 'A fox', ...request }, options)) events.push(one);
      } catch (caught) {
        error = caught;
      }
      return { events, error };
    });
  return { client, requests, seen, read };
}

test('previews come first, then the picture, each with its bytes', async () => {
  const { requests, read } = setUp([preview(0), preview(1), picture]);
  const { events, error } = await read({ partialImages: 2 });
  expect(error).toBeUndefined();
  expect(events.map(({ type, index, format }) => ({ type, index, format }))).toEqual([
    { type: 'partial', index: 0, format: 'webp' },
    { type: 'partial', index: 1, format: 'webp' },
    { type: 'completed', index: 0, format: 'png' },
  ]);
  expect(new Uint8Array(events[2]?.bytes ?? [])).toEqual(PICTURE);
  expect(events[2]).toMatchObject({ createdAt: 7000, usage: { total: 9 } });
  expect(requests).toHaveLength(1);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ prompt: 'A fox', stream: true, partial_images: 2 });
  expect(requests[0]?.accept).toContain('text/event-stream');
});

test('events may arrive in any pieces, with comments and events of other names between them', async () => {
  const whole = `: hello\r\n\r\n${event('ping', {})}${preview(0)}${picture}`;
  const { read } = setUp([...whole]);
  const { events } = await read({ partialImages: 1 });
  expect(events.map(({ type }) => type)).toEqual(['partial', 'completed']);
});

test('a server that writes the name into the data only is understood', async () => {
  const data = { type: 'image_generation.completed', b64_json };
  const { read } = setUp([`data: ${JSON.stringify(data)}\n\n`]);
  expect((await read()).events).toMatchObject([{ type: 'completed', index: 0, raw: data }]);
});

test('the stream ends with the last picture, even if the server keeps the connection open', async () => {
  const { seen, read } = setUp([picture, picture, 'silence']);
  const { events, error } = await read({ count: 2 });
  expect(events.map(({ index }) => index)).toEqual([0, 1]);
  expect(error).toBeUndefined();
  expect(seen.cancelled).toBe(true);
});

test('references are sent as files to the operation that takes them, whose events have other names', async () => {
  const { requests, read } = setUp([event('image_edit.completed', { b64_json })]);
  const { events } = await read({ references: [`data:image/png;base64,${b64_json}`] });
  expect(events).toHaveLength(1);
  expect(requests[0]?.url).toBe(`${BASE}/v1/images/edits`);
});

test('an error event ends the stream with the vendor’s own code, and never shows the key', async () => {
  const error = { message: `${KEY} ran dry`, type: 'server_error', code: 'upstream' };
  const { seen, read } = setUp([preview(0), event('error', { error }), picture]);
  const result = await read();
  expect(result.events).toHaveLength(1);
  expect(result.error).toBeInstanceOf(StreamFailedError);
  expect(result.error).toMatchObject({ code: 'upstream', type: 'server_error', reason: '<key> ran dry' });
  expect(seen.cancelled).toBe(true);
});

test.each<[string, Step[], StreamOptions, abstract new (...args: never[]) => Error, RegExp]>([
  ['falls silent', [preview(0), 'silence'], { stallMs: 5000 }, StreamStalledError, /said nothing for 5.0 s/],
  ['never ends', ['silence'], { timeoutMs: 9000 }, StreamStalledError, /not ended within 9.0 s/],
  ['ends without the picture', [preview(0)], {}, ContractBrokenError, /ended after 0 of 1 images/],
  ['is cut off inside the picture', [picture.slice(0, -9)], {}, ContractBrokenError, /ended after 0 of 1/],
  ['says that it is done, but is not', ['data: [DONE]\n\n'], {}, ContractBrokenError, /ended after 0 of 1/],
  ['loses its connection', [Object.assign(new Error('x'), { code: 'ECONNRESET' })], {}, OutcomeUnknownError, /ECONNR/],
  ['says what is no JSON', ['event: image_generation.completed\ndata: {"b\n\n'], {}, ContractBrokenError, /no JSON/],
  ['has no picture in its event', [event('image_generation.completed', {})], {}, ContractBrokenError, /result/],
])('a stream that %s is an error', async (_, steps, options, type, message) => {
  const { error } = await setUp(steps).read({}, options);
  expect(error).toBeInstanceOf(type);
  expect((error as Error).message).toMatch(message);
});

test('an answer that is no stream breaks the contract', async () => {
  const { error } = await setUp(['{}'], { 'content-type': 'application/json' }).read();
  expect(error).toBeInstanceOf(ContractBrokenError);
});

test('a refusal comes before any stream', async () => {
  const error = { message: 'no', type: 'invalid_request_error', code: 'invalid_api_key', param: null };
  const transport = async () => Response.json({ error }, { status: 401 });
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport });
  const rejected = expect(client.stream({ prompt: 'A fox' }).next()).rejects;
  await rejected.toBeInstanceOf(VendorRefusedError);
  await rejected.toMatchObject({ status: 401, code: 'invalid_api_key' });
});

test('an abort ends the stream with the signal’s reason, leaving the loop cancels it', async () => {
  const aborted = setUp([preview(0), 'silence']);
  const controller = new AbortController();
  const reason = new Error('enough');
  const stream = aborted.client.stream({ prompt: 'A fox' }, { signal: controller.signal });
  await stream.next();
  const next = stream.next();
  controller.abort(reason);
  await expect(next).rejects.toBe(reason);
  expect(aborted.seen.cancelled).toBe(true);

  const left = setUp([preview(0), 'silence']);
  for await (const one of left.client.stream({ prompt: 'A fox' })) {
    expect(one.type).toBe('partial');
    break;
  }
  expect(left.seen.cancelled).toBe(true);
});

test('nothing is sent for what has no stream, or before the first event is asked for', async () => {
  const { client, requests } = setUp([picture]);
  client.stream({ prompt: 'A fox' });
  await expect(client.stream({ prompt: 'A fox', model: 'dall-e-3' }).next()).rejects.toBeInstanceOf(UnsupportedError);
  await expect(client.stream({ prompt: 'A fox', partialImages: 9 }).next()).rejects.toBeInstanceOf(UnsupportedError);
  expect(requests).toHaveLength(0);
  const tasks = createImageClient({ contract: await contractOf('evolink'), apiKey: KEY, baseUrl: BASE });
  const error = await tasks
    .stream({ prompt: 'A fox' })
    .next()
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ what: 'stream', supported: ['generate'] });
});
