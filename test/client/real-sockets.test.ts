import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { OutcomeUnknownError } from '../../src/client/errors/outcome-unknown-error.js';
import { VendorRefusedError } from '../../src/client/errors/vendor-refused-error.js';
import { createImageClient } from '../../src/client/image-client.js';
import { NotJudgedError } from '../../src/core/errors.js';
import { contractOf, KEY } from './fake-vendor.js';

const contract = await contractOf('gptimage15');
let server: Server;
let baseUrl = '';
let submits = 0;

const accepted = JSON.stringify({ code: 200, data: { task_id: 'a', status: 'IN_PROGRESS' } });

function answer(request: IncomingMessage, response: ServerResponse) {
  const [, mode = '', path = ''] = /^\/(\w+)(\/.*)/.exec(request.url ?? '') ?? [];
  if (path === '/api/generate') {
    submits += 1;
    if (mode === 'reset') return void request.socket.destroy();
    if (mode === 'cut')
      return void response.writeHead(200, { 'content-length': 99 }).write(accepted, () => response.destroy());
    if (mode === 'moved') return void response.writeHead(307, { location: `/fine${path}` }).end();
    return void response.end(accepted);
  }
  if (path.startsWith('/api/status')) {
    const data = { task_id: 'a', status: 'SUCCESS', response: [`${baseUrl}/${mode}/picture`] };
    return void response.end(JSON.stringify({ code: 200, data }));
  }
  if (mode === 'large') return void response.writeHead(200, { 'content-length': 65 * 1024 * 1024 }).flushHeaders();
  if (mode === 'gone') return void response.writeHead(410).end();
  return void response.end('picture');
}

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function clientFor(mode: string) {
  submits = 0;
  return createImageClient({ contract, apiKey: KEY, baseUrl: `${baseUrl}/${mode}` });
}

test('an image comes over the platform’s fetch', async () => {
  const { images } = await clientFor('fine').generate({ prompt: 'A fox' });
  expect(new TextDecoder().decode(await images[0]?.bytes())).toBe('picture');
  expect(submits).toBe(1);
});

test.each([
  ['reset', OutcomeUnknownError],
  ['cut', OutcomeUnknownError],
  // Following it would send the request a second time.
  ['moved', VendorRefusedError],
])('a submit whose answer is %s is sent once', async (mode, type) => {
  await expect(clientFor(mode).generate({ prompt: 'A fox' })).rejects.toBeInstanceOf(type);
  expect(submits).toBe(1);
});

test('a result that is gone or too large is told', async () => {
  const gone = await clientFor('gone').generate({ prompt: 'A fox' });
  await expect(gone.images[0]?.bytes()).rejects.toBeInstanceOf(VendorRefusedError);
  const large = await clientFor('large').generate({ prompt: 'A fox' });
  await expect(large.images[0]?.bytes()).rejects.toBeInstanceOf(ContractBrokenError);
});

test('nobody there is told as such', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const client = createImageClient({ contract, apiKey: KEY, baseUrl: `http://127.0.0.1:${port}` });
  await expect(client.generate({ prompt: 'A fox' })).rejects.toBeInstanceOf(NotJudgedError);
});
