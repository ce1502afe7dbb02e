import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { mockTest } from '../../src/entry/vitest.js';

const test = mockTest({ vendors: ['evolink'] });

const submit = async (url: string, key: string, body: object) => {
  const response = await fetch(`${url}/v1/images/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-image-1', prompt: 'A violin', ...body }),
  });
  return ((await response.json()) as { id: string }).id;
};

test('a minute passes at once', async ({ mock }) => {
  const headers = { authorization: `Bearer ${mock.key()}` };
  const id = await submit(mock.url(), mock.key(), {});
  const status = async () =>
    ((await (await fetch(`${mock.url()}/v1/tasks/${id}`, { headers })).json()) as { status: string }).status;
  expect(await status()).toBe('pending');
  await mock.advance(60_000);
  expect(await status()).toBe('completed');
  expect(mock.requests({ operation: 'getTask' })).toHaveLength(2);
});

test('my receiver is called back when the task ends', async ({ mock }) => {
  const received: unknown[] = [];
  const receiver = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    received.push(JSON.parse(text));
    response.writeHead(received.length === 1 ? 503 : 204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const id = await submit(mock.url(), mock.key(), { callback_url: `http://127.0.0.1:${port}/hook` });
  await mock.advance(60_000);
  expect(received).toMatchObject([{ id, status: 'completed' }, { id }]);
  expect(mock.deliveries()).toMatchObject([{ state: 'delivered', attempts: [{ status: 503 }, { status: 204 }] }]);
  receiver.close();
});

test('every test begins afresh', async ({ mock }) => {
  expect(mock.requests()).toEqual([]);
  expect(mock.clock.now()).toBe(Date.UTC(2025, 0, 1));
  expect((await mock.fetch(new Request(`${mock.url()}/v1/tasks/task-unified-1`))).status).toBe(401);
});

const testAll = mockTest();

testAll('with several vendors one is named', ({ mock }) => {
  expect(mock.url('apigo')).toMatch(/\/apigo$/);
  expect(mock.key('apimart')).toBe('sk-apimart-test');
  expect(() => mock.url()).toThrow(/Say which vendor/);
  expect(() => mock.url('nobody')).toThrow(/nobody is not mocked here/);
});
