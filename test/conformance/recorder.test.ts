import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toCurl } from '../../src/conformance/curl.js';
import { createRecorder } from '../../src/conformance/recorder.js';
import { createRedactor } from '../../src/conformance/redact.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';

const key = 'sk-se/cr"et+1';
const json = { 'content-type': 'application/json' };

function recorderOver(wire: Wire) {
  const redact = createRedactor({ key, other: 'sk-se/cr"et+1-longer' });
  return createRecorder({ wire, clock: createVirtualClock(), redact, requestTimeoutMs: 1000 });
}

const call = {
  method: 'POST',
  url: `http://127.0.0.1/submit?key=${encodeURIComponent(key)}`,
  headers: { authorization: `Bearer ${key}` },
  body: JSON.stringify({ prompt: 'A lamp', token: key }),
  credential: 'key',
  purpose: { case: 'valid', what: 'of a test', facts: [] },
} as const;

test('the key is replaced in every place of an exchange', async () => {
  const echo: Wire = async ({ headers }) => ({
    status: 401,
    headers: { ...json, 'x-echo': headers['authorization'] ?? '' },
    body: Buffer.from(JSON.stringify({ message: `No such key: ${key}`, encoded: Buffer.from(key).toString('base64') })),
    truncated: false,
  });
  const { exchange } = await recorderOver(echo).send('test', call);
  expect(exchange.request).toEqual({
    method: 'POST',
    url: 'http://127.0.0.1/submit?key=<key>',
    headers: { authorization: 'Bearer <key>' },
    body: '{"prompt":"A lamp","token":"<key>"}',
  });
  expect(exchange.answer?.headers['x-echo']).toBe('Bearer <key>');
  expect(exchange.answer?.body).toBe('{"message":"No such key: <key>","encoded":"<key>"}');
});

test('of a key that begins like another nothing is left over', () => {
  expect(createRedactor({ key: 'sk-a', other: 'sk-a-b' })('sk-a sk-a-b')).toBe('<key> <other-key>');
});

test('long bodies are kept as size and hash, and still can be judged', async () => {
  const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(70_000) }));
  const long: Wire = async () => ({ status: 200, headers: json, body, truncated: false });
  const { exchange, json: parsed } = await recorderOver(long).send('test', call);
  expect(exchange.answer).toMatchObject({ bytes: body.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(exchange.answer).not.toHaveProperty('body');
  expect(parsed).toHaveProperty('text');
});

test('a wire that fails leaves an exchange without an answer', async () => {
  const recorder = recorderOver(async () => {
    throw new WireError('timeout', `no answer for ${key}`);
  });
  const { exchange, status } = await recorder.send('test', call);
  expect(status).toBeUndefined();
  expect(exchange).toMatchObject({ id: 'x1', failure: 'timeout: no answer for <key>' });
  expect(recorder.sent).toHaveLength(1);
});

test('the curl command survives any shell, with the key from the environment', () => {
  const command = toCurl({
    method: 'POST',
    url: "http://127.0.0.1/it's?a=$(touch x)&k=<key>",
    headers: { authorization: 'Bearer <key>' },
    body: `{"prompt":"it's \`here\` $HOME \\"now\\""}`,
  });
  const shell = spawnSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], {
    env: { PROOFSHEET_KEY: 'sk-1' },
    encoding: 'utf8',
  });
  expect(shell.stdout.split('\n')).toEqual([
    '-sS',
    '-i',
    '-X',
    'POST',
    '-H',
    'authorization: Bearer sk-1',
    '--data-raw',
    `{"prompt":"it's \`here\` $HOME \\"now\\""}`,
    "http://127.0.0.1/it's?a=$(touch x)&k=sk-1",
    '',
  ]);
});
