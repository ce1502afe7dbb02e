import { expect, expectTypeOf, test } from 'vitest';
import type { VendorPaths } from '../../specs/index.gen.js';
import { createVendorClient } from '../../src/client/vendor-client.js';
import { UsageError } from '../../src/core/errors.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, KEY } from './fake-vendor.js';

const contract = await contractOf('gptimage15');
const edits = await contractOf('apigo');

test('operations are called by path, with the key, at the base URL given', async () => {
  const vendor = createFakeVendor({ clock: createVirtualClock() });
  const client = createVendorClient<VendorPaths['gptimage15']>({
    contract,
    apiKey: KEY,
    baseUrl: `${BASE}/`,
    fetch: vendor.transport,
  });
  const { data, error } = await client.POST('/api/generate', { body: { prompt: 'A lake', size: '1536*1024' } });
  expect(error).toBeUndefined();
  expect(data?.data.task_id).toBe('n36t1gptimg');
  const status = await client.GET('/api/status', { params: { query: { task_id: data?.data.task_id ?? '' } } });
  expect(status.data?.code).toBe(200);
  expect(vendor.requests.map(({ url }) => url.href)).toEqual([
    `${BASE}/api/generate`,
    `${BASE}/api/status?task_id=n36t1gptimg`,
  ]);
});

test('a refusal is a value, not an exception', async () => {
  const vendor = createFakeVendor({ clock: createVirtualClock() });
  const client = createVendorClient<VendorPaths['gptimage15']>({
    contract,
    apiKey: 'sk-x',
    baseUrl: BASE,
    fetch: vendor.transport,
  });
  const { data, error, response } = await client.POST('/api/generate', { body: { prompt: 'A lake' } });
  expect(data).toBeUndefined();
  expect(response.status).toBe(401);
  expect(error).toMatchObject({ code: 401, data: null });
});

test('the contract’s server is used where no base URL is given', async () => {
  const urls: string[] = [];
  const fetch = async (request: Request) => {
    urls.push(request.url);
    return Response.json({});
  };
  await createVendorClient<VendorPaths['gptimage15']>({ contract, apiKey: KEY, fetch }).GET('/api/status', {
    params: { query: { task_id: 'a b' } },
  });
  expect(urls).toEqual(['https://gptimage15.ai/api/status?task_id=a%20b']);
});

test.each([
  ['one picture', [new Blob(['a'])], { image: 1, 'image[]': 0 }],
  ['two pictures', [new Blob(['a']), new File(['b'], 'b.png')], { image: 0, 'image[]': 2 }],
])('%s travels as multipart parts', async (_, image, parts) => {
  let form: FormData | undefined;
  const fetch = async (request: Request) => {
    expect(request.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    form = await request.formData();
    return Response.json({ created: 1, data: [] });
  };
  const client = createVendorClient<VendorPaths['apigo']>({ contract: edits, apiKey: KEY, baseUrl: BASE, fetch });
  await client.POST('/v1/images/edits', { body: { image, prompt: 'A fox', n: 2, stream: false } });
  expect(Object.fromEntries([...Object.keys(parts)].map((name) => [name, form?.getAll(name).length]))).toEqual(parts);
  expect(form?.get('n')).toBe('2');
  expect(form?.get('stream')).toBe('false');
});

test('JSON operations of the same vendor stay JSON, also through request', async () => {
  const bodies: unknown[] = [];
  const fetch = async (request: Request) => {
    bodies.push([request.headers.get('content-type'), await request.json()]);
    return Response.json({ created: 1, data: [] });
  };
  const client = createVendorClient<VendorPaths['apigo']>({ contract: edits, apiKey: KEY, baseUrl: BASE, fetch });
  await client.POST('/v1/images/generations', { body: { prompt: 'A fox' } });
  await client.request('post', '/v1/images/generations', { body: { prompt: 'A fox' } });
  expect(bodies).toEqual(Array(2).fill(['application/json', { prompt: 'A fox' }]));
});

test.each(['', 'ftp://x.test', 'nonsense', 'http://u:p@x.test', 'http://x.test/?a'])('%j is no base URL', (baseUrl) => {
  expect(() => createVendorClient({ contract, apiKey: KEY, baseUrl })).toThrow(UsageError);
});

test('bodies and answers are typed by the contract', () => {
  const client = createVendorClient<VendorPaths['gptimage15']>({ contract, apiKey: KEY, baseUrl: BASE });
  const call = () => client.POST('/api/generate', { body: { prompt: 'A lake' } });
  type Data = NonNullable<Awaited<ReturnType<typeof call>>['data']>;
  expectTypeOf<Data['data']['task_id']>().toEqualTypeOf<string>();
  // @ts-expect-error a prompt is required
  const missing = () => client.POST('/api/generate', { body: {} });
  // @ts-expect-error sizes are written with an asterisk
  const size = () => client.POST('/api/generate', { body: { prompt: 'A lake', size: '1024x1024' } });
  // @ts-expect-error no such path
  const path = () => client.POST('/api/nothing', {});
  expect([call, missing, size, path]).toHaveLength(4);
});
