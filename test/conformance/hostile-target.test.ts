/** Whatever stands at the target's address, a check ends in good time with a finding or with a word why nothing can be judged. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runCheck } from '../../src/conformance/run-check.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { NotJudgedError } from '../../src/core/errors.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { systemClock } from '../../src/platform/clock.js';
import { createNodeWire } from '../../src/platform/node-wire.js';

const servers: { close(): void }[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

/** A server that answers each request with raw bytes, whatever was asked. */
function rawServer(answer: (socket: Socket) => void): Promise<number> {
  return portOf(createServer((socket) => socket.on('data', () => answer(socket))));
}

async function judge(baseUrl: string): Promise<CheckReport> {
  const { wire, close } = createNodeWire();
  try {
    const run = runCheck({
      contract: await resolveContract('gptimage15'),
      baseUrl,
      apiKey: 'sk-somebody',
      depth: 'smoke',
      seed: 1,
      timeout: 300,
      pollInterval: 20,
      wire,
      clock: systemClock,
      version: '0.0.0',
      only: ['baseline', 'unknown-route', 'malformed-json'],
    });
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  } finally {
    close();
  }
}

const failed = ({ findings }: CheckReport) => new Set(findings.map(({ check }) => check));
const body = (text: string, head = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${head}content-length: ${text.length}\r\n\r\n${text}`;

test('one that hangs cannot be judged', async () => {
  const port = await rawServer(() => undefined);
  await expect(judge(`http://127.0.0.1:${port}`)).rejects.toThrow(/timeout.*no answer within/s);
});

test('one that breaks the handshake off cannot be judged', async () => {
  const port = await rawServer((socket) => socket.end('this is no TLS\r\n'));
  await expect(judge(`https://127.0.0.1:${port}`)).rejects.toThrow(NotJudgedError);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

test.skipIf(!hasOpenssl)('one with a certificate that nobody vouches for cannot be judged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'proofsheet-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=elsewhere.invalid', '-days', '1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    const secure = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end('{}'),
    );
    const port = await portOf(secure as unknown as Server);
    await expect(judge(`https://127.0.0.1:${port}`)).rejects.toThrow(/tls: .*certificate/s);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each<readonly [what: string, answer: (socket: Socket) => void, check: string]>([
  [
    'redirects in a circle',
    (socket) => socket.write('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n'),
    'status-documented',
  ],
  [
    'answers with a page',
    (socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\n\r\n<h1>Hello</h1>\n'),
    'content-type',
  ],
  [
    'ends in the middle of an answer',
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"code"'),
    'answers-whole',
  ],
  ['calls a page JSON', (socket) => socket.write(body('<h1>no</h1>')), 'content-type'],
  [
    'speaks HTTP/1.0 and knows no contract',
    (socket) => socket.end('HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{"code":200}'),
    'body-schema',
  ],
])('one that %s is told what is wrong', async (_, answer, check) => {
  const port = await rawServer(answer);
  expect(failed(await judge(`http://127.0.0.1:${port}`))).toContain(check);
});

test('one that sends without end is read to the cap and no further', async () => {
  const chunk = Buffer.alloc(256 * 1024, 0x20);
  let sent = 0;
  const port = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1073741824\r\n\r\n');
    const pour = () => {
      while (!socket.destroyed && socket.writable && socket.write(chunk)) sent += chunk.length;
    };
    socket.on('drain', pour);
    pour();
  });
  const report = await judge(`http://127.0.0.1:${port}`);
  expect(failed(report)).toContain('answers-whole');
  // 4 MiB are kept of each; the rest is what was on its way as the connection was closed.
  expect(sent / report.summary.requests).toBeLessThan(32 * 1024 * 1024);
}, 30_000);
