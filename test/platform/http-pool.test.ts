import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpPool, type HttpPool, type LoadAnswer } from '../../src/platform/http-pool.js';

const open: { server: Server; pool: HttpPool }[] = [];

afterEach(async () => {
  for (const { server, pool } of open.splice(0)) {
    await pool.close();
    server.closeAllConnections();
    server.close();
  }
});

async function poolTo(listener: RequestListener, connections: number, timeoutMs?: number) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = createHttpPool(origin, { connections, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  open.push({ server, pool });
  const get = (path: string): Promise<LoadAnswer> =>
    pool.transport({ method: 'GET', url: `${origin}${path}`, headers: {} });
  return { server, pool, get };
}

test('five thousand requests share three connections, and each gets its own answer', async () => {
  const sockets = new Set<unknown>();
  const { get } = await poolTo((request, response) => {
    sockets.add(request.socket);
    response.end(request.url);
  }, 3);
  const paths = Array.from({ length: 5000 }, (_, index) => `/${index}`);
  const answers = await Promise.all(paths.map(get));
  expect(answers.map(({ body }) => body)).toEqual(paths);
  expect(sockets.size).toBe(3);
});

test('who waits for a connection gets one in the order of asking', async () => {
  const seen: string[] = [];
  const { get } = await poolTo((request, response) => {
    seen.push(request.url ?? '');
    response.end('{}');
  }, 1);
  const paths = ['/a', '/b', '/c', '/d'];
  await Promise.all(paths.map(get));
  expect(seen).toEqual(paths);
});

test('a connection that breaks in the middle of an answer fails that request only', async () => {
  const { get } = await poolTo((request, response) => {
    if (request.url !== '/broken') return void response.end('whole');
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
    response.socket?.destroy();
  }, 1);
  const [before, broken, after] = await Promise.allSettled([get('/before'), get('/broken'), get('/after')]);
  expect(before).toMatchObject({ value: { status: 200, body: 'whole' } });
  expect(broken).toMatchObject({ reason: { code: 'UND_ERR_SOCKET' } });
  expect(after).toMatchObject({ value: { status: 200, body: 'whole' } });
});

test('nobody listening is an error with a code for each request, also for those that waited', async () => {
  const { server, pool, get } = await poolTo((_, response) => response.end(), 2);
  await get('/');
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  const outcomes = await Promise.allSettled(['/1', '/2', '/3', '/4', '/5'].map(get));
  expect(outcomes).toEqual(
    Array(5).fill(expect.objectContaining({ reason: expect.objectContaining({ code: 'ECONNREFUSED' }) })),
  );
  await pool.close();
});

test('closing rejects what is under way and what still waits', async () => {
  const held: ServerResponse[] = [];
  const { pool, get } = await poolTo((_, response) => {
    held.push(response);
    if (held.length === 2) arrived();
  }, 2);
  let arrived: () => void = () => {};
  const bothArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const outcomes = Promise.allSettled(['/1', '/2', '/3', '/4'].map(get));
  await bothArrived;
  await pool.close();
  const closed = expect.objectContaining({ reason: expect.objectContaining({ code: 'UND_ERR_DESTROYED' }) });
  expect(await outcomes).toEqual(Array(4).fill(closed));
});

test('an answer that does not go on is given up, and its connection with it', async () => {
  const { get } = await poolTo(
    (request, response) => {
      if (request.url === '/half') response.write('half');
      else if (request.url === '/whole') response.end('whole');
    },
    3,
    60,
  );
  const [silent, half, whole] = await Promise.allSettled([get('/silent'), get('/half'), get('/whole')]);
  expect(silent).toMatchObject({ reason: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
  expect(half).toMatchObject({ reason: { code: 'UND_ERR_BODY_TIMEOUT' } });
  expect(whole).toMatchObject({ value: { body: 'whole' } });
  const after = await Promise.all(['/whole', '/whole', '/whole'].map(get));
  expect(after.map(({ body }) => body)).toEqual(['whole', 'whole', 'whole']);
});

test('an answer may take as long as it likes while something of it comes', async () => {
  const { get } = await poolTo(
    (_, response) => {
      let left = 30;
      const drip = setInterval(() => {
        left -= 1;
        if (left > 0) response.write('.');
        else {
          clearInterval(drip);
          response.end();
        }
      }, 20);
    },
    1,
    200,
  );
  expect(await get('/')).toMatchObject({ body: '.'.repeat(29) });
});
