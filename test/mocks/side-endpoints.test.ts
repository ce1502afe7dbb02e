/** What stands beside the tasks: balances, models, uploads; and what stands on every answer. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { createContract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { readSideEndpoints } from '../../src/contract/read-side-endpoints.js';
import { readTask } from '../../src/contract/read-task.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const hour = 3_600_000;
const clock = createVirtualClock();
const send = await createMockFetch({ clock });
const contracts = new Map(
  await Promise.all(vendorIds.map(async (id) => [id as string, await loadContract(contractFile(id))] as const)),
);

/** Asks, and makes sure that the answer is what the contract promises. */
async function ask(vendor: string, request: Request) {
  const response = await clock.run(() => send(request));
  const path = new URL(request.url).pathname.replace(`/${vendor}`, '');
  const contract = contracts.get(vendor);
  const operation = contract?.operations.find((one) => one.path === path && one.method === request.method);
  const schema = operation?.responses[String(response.status)]?.content['application/json'];
  const body = (await response.json()) as Record<string, unknown>;
  expect(contract?.violations(schema ?? '', body)).toEqual([]);
  return { status: response.status, body };
}

const get = (vendor: string, path: string, key?: string) =>
  ask(vendor, call(`http://mock.test/${vendor}`, vendor, path, undefined, key));
const post = (vendor: string, path: string, body: unknown) =>
  ask(vendor, call(`http://mock.test/${vendor}`, vendor, path, body));

describe('balances', () => {
  test('tell what is left and what is used, and a failed task gives it back', async () => {
    const before = (await get('apimart', '/v1/balance')).body as { remain_balance: number; used_balance: number };
    expect(before).toMatchObject({ success: true, unlimited_quota: false, used_balance: 0 });
    const job = { model: 'gpt-image-1-official', prompt: 'A lake', quality: 'low', n: 2 };
    await post('apimart', '/v1/images/generations', job);
    await post('apimart', '/v1/images/generations', { ...job, prompt: 'a policy violation' });
    expect((await get('apimart', '/v1/user/balance')).body).toMatchObject({ used_balance: 0.044, used_credits: 0.44 });
    clock.advance(hour);
    const after = (await get('apimart', '/v1/balance')).body as { remain_balance: number; used_balance: number };
    expect(after.used_balance).toBe(0.022);
    expect(before.remain_balance - after.remain_balance).toBeCloseTo(0.022, 6);
  });

  test('in credits, for key and account', async () => {
    await post('evolink', '/v1/images/generations', { model: 'gpt-image-1', prompt: 'A lake' });
    expect((await get('evolink', '/v1/credits')).body).toMatchObject({
      success: true,
      message: '',
      data: { token: { used_credits: 2.5, unlimited_credits: false }, user: { used_credits: 2.5 } },
    });
    expect((await get('evolink', '/v1/credits', 'sk-evolink-poor')).body).toMatchObject({
      data: { token: { remaining_credits: 0 } },
    });
  });

  test('need a key', async () => {
    for (const path of ['/v1/balance', '/v1/user/balance', '/v1/models'])
      expect((await get('apimart', path, 'sk-nobody')).status).toBe(401);
    expect((await get('evolink', '/v1/credits', 'sk-nobody')).status).toBe(401);
  });
});

test('the list of models is what the contract names', async () => {
  expect((await get('apimart', '/v1/models')).body).toEqual({
    object: 'list',
    data: [
      { id: 'gpt-image-1-official', object: 'model' },
      { id: 'gpt-image-1.5-official', object: 'model' },
    ],
  });
});

describe('uploads', () => {
  const form = (name: string, bytes: Uint8Array, field = 'file') => {
    const body = new FormData();
    body.append(field, new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
    const headers = { authorization: 'Bearer sk-apimart-test' };
    return ask('apimart', new Request('http://mock.test/apimart/v1/uploads/images', { method: 'POST', headers, body }));
  };
  const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif') =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
      .toFormat(format)
      .toBuffer();

  test.each(['png', 'jpeg', 'webp', 'gif'] as const)(
    'a %s is taken and can be fetched for 72 hours',
    async (format) => {
      const bytes = await picture(format);
      const { status, body } = await form('mine.any', bytes);
      expect(status).toBe(200);
      expect(body).toMatchObject({ filename: 'mine.any', content_type: `image/${format}`, bytes: bytes.byteLength });
      const url = String(body['url']);
      expect(url).toMatch(/^http:\/\/mock\.test\/apimart\//);
      const file = await send(new Request(url));
      expect(file.headers.get('content-type')).toBe(`image/${format}`);
      expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
      // What was uploaded can be named in a request.
      const edit = { model: 'gpt-image-1-official', prompt: 'As a drawing', image_urls: [url] };
      expect((await post('apimart', '/v1/images/generations', edit)).status).toBe(200);
      clock.advance(72 * hour);
      expect((await send(new Request(url))).status).toBe(410);
    },
  );

  test('what is no picture, too large or not there is refused in the vendor’s shape', async () => {
    expect((await form('a.png', Buffer.from('no picture'))).status).toBe(400);
    expect((await form('a.png', await picture('png'), 'image')).status).toBe(400);
    expect((await form('a.png', Buffer.alloc(20 * 1024 * 1024 + 1))).status).toBe(413);
    const headers = { authorization: 'Bearer sk-apimart-test', 'content-type': 'application/json' };
    const url = 'http://mock.test/apimart/v1/uploads/images';
    expect((await ask('apimart', new Request(url, { method: 'POST', headers, body: '{}' }))).status).toBe(400);
    expect((await send(new Request('http://mock.test/apimart/__uploads/none.png'))).status).toBe(404);
  });
});

describe('a request id', () => {
  const at = (headers: Record<string, string>, path = '/v1/images/generations') =>
    new Request(`http://mock.test/apigo${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{',
    });

  test('comes back as sent, and is made up otherwise, on every answer', async () => {
    const authorization = 'Bearer sk-apigo-test';
    const echoed = await send(at({ authorization, 'x-request-id': 'mine-1' }));
    expect([echoed.status, echoed.headers.get('x-request-id')]).toEqual([400, 'mine-1']);
    for (const request of [at({ authorization }), at({}), at({}, '/v1/nowhere')])
      expect((await send(request)).headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{24}$/);
  });

  test('is made up alike in equal runs, and never twice in one', async () => {
    const run = async () => {
      const again = await createMockFetch({ clock: createVirtualClock(), vendors: ['apigo'] });
      const ids = [];
      for (let n = 0; n < 3; n += 1) ids.push((await again(at({}))).headers.get('x-request-id'));
      return ids;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first).size).toBe(3);
  });
});

test('a wrong block is told with the pointer of each mistake', () => {
  const block = { kind: 'upload', answer: { url: 'file.url', '/b': 'account.wealth' } };
  const contract = createContract(
    'any',
    'any.yaml',
    {
      openapi: '3.1.0',
      info: { title: 'Any', version: '1' },
      paths: { '/x': { get: { operationId: 'x', responses: {}, 'x-side-endpoint': block } } },
    },
    { readTask, readSides: readSideEndpoints },
  );
  const read = () => contract.sideEndpoints();
  expect(read).toThrow(/any\.yaml is not a usable contract/);
  expect(read).toThrow(/\/paths\/~1x\/get\/x-side-endpoint\/answer\/url: must be a JSON pointer/);
});
