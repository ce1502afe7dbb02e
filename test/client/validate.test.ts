import { expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { imageClient, type VendorId, vendorClient, vendorIds } from '../../src/entry/client.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE } from './fake-vendor.js';

const connect = (answer: () => Response) =>
  vendorClient('gptimage15', { baseUrl: BASE, transport: async () => answer(), validate: true });

const submit = async (answer: () => Response) =>
  (await connect(answer)).POST('/api/generate', { body: { prompt: 'A lake' } });

test.each([
  [
    'a field of another type',
    () => Response.json({ code: 200, data: { task_id: 7, status: 'PENDING' } }),
    '/data/task_id',
  ],
  ['a missing field', () => Response.json({ code: 200, data: { status: 'PENDING' } }), '/data/task_id'],
  ['an unknown word', () => Response.json({ code: 200, data: { task_id: 'a', status: 'DONE' } }), '/data/status'],
  ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), ''],
  ['a broken refusal', () => Response.json({ code: 400, data: null }, { status: 400 }), '/message'],
  ['an undocumented success', () => Response.json({}, { status: 202 }), ''],
])('the typed client finds %s and tells the place', async (_, answer, pointer) => {
  const error = await submit(answer).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ContractBrokenError);
  expect(error).toMatchObject({ pointer });
});

test('what keeps the contract passes, and its body can still be read', async () => {
  const data = { task_id: 'a', status: 'PENDING' };
  expect((await submit(() => Response.json({ code: 200, data }))).data?.data.task_id).toBe('a');
  const refused = await submit(() => Response.json({ code: 400, message: 'no', data: null }, { status: 400 }));
  expect(refused.error).toMatchObject({ message: 'no' });
  // A gateway in between may say anything in an error that no page documents.
  expect((await submit(() => new Response('busy', { status: 503 }))).response.status).toBe(503);
});

test('without the option nothing is judged', async () => {
  const transport = async () => Response.json({ data: 7 });
  const client = await vendorClient('gptimage15', { baseUrl: BASE, transport });
  expect((await client.POST('/api/generate', { body: { prompt: 'A lake' } })).data).toEqual({ data: 7 });
});

test('the image client tells the task id with the place, so that a paid task is not lost', async () => {
  const transport = async () => Response.json({ code: 200, data: { task_id: 'a', status: 'DONE' } });
  const client = await imageClient('gptimage15', { baseUrl: BASE, transport, validate: true });
  const error = await client.submit({ prompt: 'A lake' }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ContractBrokenError);
  expect(error).toMatchObject({ pointer: '/data/status', taskId: 'a' });
});

test.each(vendorIds)('%s: a whole generation against the mock keeps the contract', async (vendor) => {
  const clock = createVirtualClock();
  const transport = await createMockFetch({ vendors: [vendor], clock });
  const baseUrl = `${BASE}/${vendor}`;
  const client = await imageClient<VendorId>(vendor, { baseUrl, transport, clock, validate: true });
  const { images } = await clock.run(() => client.generate({ prompt: 'A lake' }));
  expect((await images[0].bytes()).byteLength).toBeGreaterThan(1000);
});

test('an answer that breaks the contract is found while a task is waited for', async () => {
  const clock = createVirtualClock();
  const transport = await createMockFetch({ vendors: ['evolink'], clock, faults: ['progress-out-of-bounds'] });
  const options = { baseUrl: `${BASE}/evolink`, transport, clock };
  const strict = await imageClient('evolink', { ...options, validate: true });
  const error = await clock.run(() => strict.generate({ prompt: 'A lake' })).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'ContractBrokenError', pointer: '/progress' });
  const lenient = await imageClient('evolink', options);
  expect((await clock.run(() => lenient.generate({ prompt: 'A lake' }))).images).toHaveLength(1);
});

test('events of a stream are held against the contract, too', async () => {
  const transport = await createMockFetch({ vendors: ['apigo'], speed: 1000 });
  const client = await imageClient('apigo', { baseUrl: `${BASE}/apigo`, transport, validate: true });
  const types = [];
  for await (const { type } of client.stream({ prompt: 'A lake', partialImages: 1 })) types.push(type);
  expect(types).toEqual(['partial', 'completed']);

  const data = { type: 'image_generation.completed', b64_json: 'AAAA' };
  const wrong = await imageClient('apigo', {
    baseUrl: BASE,
    transport: async () =>
      new Response(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`, {
        headers: { 'content-type': 'text/event-stream' },
      }),
    validate: true,
  });
  const error = await wrong
    .stream({ prompt: 'A lake' })
    .next()
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'ContractBrokenError', pointer: expect.stringMatching(/^\/\w+$/) });
});

test('the typed client leaves a stream to its caller', async () => {
  const transport = await createMockFetch({ vendors: ['apigo'], speed: 1000 });
  const client = await vendorClient('apigo', { baseUrl: `${BASE}/apigo`, transport, validate: true });
  const { data } = await client.POST('/v1/images/generations', {
    body: { prompt: 'A lake', stream: true },
    parseAs: 'stream',
  });
  expect(await new Response(data).text()).toContain('event: image_generation.completed');
});
