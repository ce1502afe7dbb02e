/** A contract that says nothing about tasks still gets every check that needs none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { check } from '../../src/entry/conformance.js';

const folder = mkdtempSync(join(tmpdir(), 'proofsheet-plain-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'weather.yaml');
writeFileSync(
  file,
  `openapi: 3.1.0
info: { title: Weather, version: '1' }
servers: [{ url: https://weather.example }]
security: [{ key: [] }]
paths:
  /v1/now:
    get:
      operationId: getNow
      responses:
        '200':
          description: The weather.
          content:
            application/json:
              schema: { type: object, required: [degrees], properties: { degrees: { type: number } } }
        '401':
          description: The key is wrong.
          content: { application/json: { schema: { type: object } } }
components:
  securitySchemes: { key: { type: http, scheme: bearer } }
`,
);

async function judged(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await check(file, { baseUrl, apiKey: 'sk-mine', timeout: 2_000 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json = (status: number, body: object, headers = {}) => [status, JSON.stringify(body), headers] as const;

/** What it does by its contract, and how a test may change that. */
function weather(
  change: (status: number, body: object) => readonly [number, object] = (...same) => same,
): RequestListener {
  return (request, response) => {
    const known = request.url === '/v1/now';
    const allowed = request.method === 'GET';
    const mine = request.headers.authorization === 'Bearer sk-mine';
    const [status, text, headers] = !known
      ? json(404, { error: 'no such path' })
      : !allowed
        ? json(405, { error: 'only GET' }, { allow: 'GET' })
        : json(...change(mine ? 200 : 401, mine ? { degrees: 21 } : { error: 'wrong key' }));
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

test('a server that keeps it is conformant, and what needs a task is skipped with a reason', async () => {
  const report = await judged(weather());
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('conformant');
  const verdictOf = (id: string) => report.checks.find((one) => one.id === id)?.verdict;
  for (const id of ['missing-key-refused', 'wrong-key-refused', 'route-unknown', 'allow-present', 'status-documented'])
    expect(verdictOf(id), id).toBe('pass');
  const tasks = report.checks.find(({ id }) => id === 'transition-legal');
  expect(tasks).toMatchObject({ verdict: 'skipped', reason: expect.any(String) });
});

test.each<readonly [string, string, Parameters<typeof weather>[0]]>([
  ['serves anybody', 'missing-key-refused', () => [200, { degrees: 21 }]],
  ['fails on a wrong key', 'server-error', (status, body) => [status === 401 ? 500 : status, body]],
  ['answers as nobody documented', 'status-documented', (status, body) => [status === 401 ? 403 : status, body]],
])('one that %s fails %s', async (_, id, change) => {
  const report = await judged(weather(change));
  expect(report.findings.map((finding) => finding.check)).toContain(id);
});
