import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningMock, startMock } from '../../src/entry/mock.js';

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ vendors: ['gptimage15'] });
});
afterAll(() => mock.close());

/** Sends raw bytes and gives what came back until the server closed the connection. */
function raw(text: string, hangUp = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(mock.port, '127.0.0.1', () => {
      socket.write(text, () => hangUp && socket.destroy());
    });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

async function stillServes(): Promise<void> {
  const response = await fetch(`${mock.origin}/api/generate`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-gptimage15-test', 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'still there' }),
  });
  expect(response.status).toBe(200);
}

test('a body of 50 MB is 413 in the vendor’s envelope, and the mock goes on serving', async () => {
  const response = await fetch(`${mock.origin}/api/generate`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-gptimage15-test', 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'x'.repeat(50_000_000) }),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 413, data: null });
  await stillServes();
});

test('bytes that are no HTTP get a plain 400', async () => {
  expect(await raw('rubbish\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  await stillServes();
});

test('a client that hangs up in the middle of its body leaves nothing behind', async () => {
  await raw('POST /api/generate HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"prompt"', true);
  await stillServes();
});

test('a Host header that is no host does not end up in a result URL', async () => {
  const answer = await raw('GET /__proofsheet HTTP/1.1\r\nhost: evil.test/"><script>\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 (400|403) /);
});

test('the control API does not answer under another name than loopback', async () => {
  const answer = await raw('GET /__proofsheet HTTP/1.1\r\nhost: rebound.test\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect((await fetch(`${mock.origin}/__proofsheet`)).status).toBe(200);
});

test('a port that is in use is said so, with what to do', async () => {
  await expect(startMock({ vendors: ['gptimage15'], port: mock.port })).rejects.toThrow(
    `Port ${mock.port} on 127.0.0.1 is in use: choose another with --port, or --port 0 for any free one`,
  );
});
