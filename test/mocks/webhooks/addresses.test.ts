/** Which addresses are taken, and which of them are called. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createMock } from '../../../src/entry/mock.js';
import { httpCallbackSender } from '../../../src/platform/callback-sender.js';
import { vendorThatCalls } from './vendor-that-calls.js';

test.each([
  'https://127.0.0.1:3000/hook',
  'http://192.168.1.4/hook',
  'http://example.com/hook',
  'https://example.com/hook',
  'ftp://127.0.0.1/hook',
  'http://user:secret@127.0.0.1/hook',
  'file:///etc/passwd',
  'http://127.0.0.1.example.com/hook',
  'http://0.0.0.0:3000/',
])('by default %s is refused and never called', async (url) => {
  const mock = await vendorThatCalls('evolink');
  const { status, answer } = await mock.submit(url);
  expect(status).toBe(400);
  expect(answer['error']).toMatchObject({ message: expect.stringContaining('callback_url') });
  await mock.wait(120_000);
  expect(mock.received).toEqual([]);
});

test.each(['http://127.1:3000/hook', 'http://2130706433/hook', 'http://[::1]:3000/', 'http://localhost:3000/'])(
  'by default %s is this machine',
  async (url) => {
    const mock = await vendorThatCalls('evolink');
    expect(await mock.submit(url)).toMatchObject({ status: 200 });
  },
);

test.each([
  ['evolink', 'http://example.com/hook', 400],
  ['evolink', 'https://example.com/hook', 200],
  ['evolink', 'https://10.0.0.1/hook', 400],
  ['evolink', 'https://[fd00::1]/hook', 400],
  ['evolink', 'https://localhost/hook', 400],
  ['evolink', 'https://169.254.169.254/latest', 400],
  ['evolink', `https://example.com/${'a'.repeat(2048)}`, 400],
  ['apimart', 'http://example.com:8080/hook', 400],
  ['apimart', 'http://example.com:80/hook', 200],
  ['apimart', 'http://172.16.0.1/hook', 400],
  ['gptimage15', 'http://192.168.1.4:3000/hook', 200],
])("by the vendor's own rules %s answers %s with %i", async (vendor, url, status) => {
  const mock = await vendorThatCalls(vendor, [], { callbacks: 'vendor' });
  expect((await mock.submit(url)).status).toBe(status);
  await mock.wait(120_000);
  expect(mock.received).toEqual([]);
  if (status === 200) expect(mock.deliveries()).toMatchObject([{ state: 'withheld', attempts: [] }]);
});

test('only where calling out is allowed is a receiver elsewhere called, and never inside a private network', async () => {
  const mock = await vendorThatCalls('evolink', [], { callbacks: 'vendor', callbacksOut: true });
  await mock.submit('https://example.com/hook');
  await mock.wait(120_000);
  expect(mock.received).toMatchObject([{ url: 'https://example.com/hook', reach: ['public'] }]);
  await expect(createMock({ callbacksOut: true })).rejects.toThrow(/--callbacks vendor/);
});

test('real sockets: redirects are answers, silence times out, and a name may not lead astray', async () => {
  const seen: string[] = [];
  const receiver = createServer((request, response) => {
    seen.push(String(request.url));
    if (request.url === '/silent') return;
    response.writeHead(request.url === '/moved' ? 302 : 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const base = { headers: {}, body: '{}', timeoutMs: 300, reach: ['loopback'] as const };
  try {
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/` })).resolves.toEqual({ status: 204 });
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/moved` })).resolves.toEqual({
      status: 302,
    });
    await expect(httpCallbackSender({ ...base, url: `http://127.0.0.1:${port}/silent` })).rejects.toThrow(
      /within 300 ms/,
    );
    await expect(httpCallbackSender({ ...base, url: `http://localhost:${port}/`, reach: ['public'] })).rejects.toThrow(
      /may not be called/,
    );
    expect(seen).toEqual(['/', '/moved', '/silent']);
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
});
