import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NotJudgedError, UsageError } from '../../src/core/errors.js';
import { fixed } from '../../src/core/polling.js';
import { runLoad } from '../../src/load/run-load.js';
import { runSaturation } from '../../src/load/saturate.js';
import { preciseClock } from '../../src/platform/precise-clock.js';
import { contractOf, createFakeVendor, KEY } from '../client/fake-vendor.js';

const contract = await contractOf('gptimage15');
const vendor = createFakeVendor({ clock: preciseClock, durationMs: (task) => 60 + (task % 7) * 20 });
let server: Server;
let baseUrl = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await vendor.answer({
      method: request.method ?? '',
      url: new URL(request.url ?? '/', baseUrl),
      authorization: request.headers.authorization ?? null,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a load over real sockets detects every task soon after it was ready', async () => {
  const report = await runLoad({
    contract,
    apiKey: KEY,
    baseUrl,
    seed: 1,
    rate: 100,
    tasks: 40,
    policy: fixed(20),
    arrivals: 'poisson',
  });
  expect(report.tasks).toEqual({ started: 40, succeeded: 40, failed: 0, cancelled: 0, abandoned: 0, live: 0 });
  expect(report.errors).toEqual({});
  expect(report.latencyMs.submit.count).toBe(40);
  expect(report.latencyMs.poll.p50).toBeGreaterThan(0);
  expect(report.timeToDetectMs?.count).toBe(40);
  expect(report.timeToDetectMs?.p50).toBeLessThan(500);
  expect(report.generator.cpuShare).toBeGreaterThan(0);
});

test('a target that is gone is a count of errors, not an exception', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const target = `http://127.0.0.1:${port}`;
  const report = await runLoad({ contract, apiKey: KEY, baseUrl: target, seed: 1, rate: 1000, tasks: 5 });
  expect(report.tasks).toMatchObject({ started: 5, abandoned: 5 });
  expect(report.errors).toEqual({ 'submit ECONNREFUSED': 5 });
  const saturation = runSaturation({ contract, apiKey: KEY, baseUrl: target, durationMs: 200 });
  await expect(saturation).rejects.toBeInstanceOf(NotJudgedError);
});

test('saturation asks for one task through more and more connections', async () => {
  const before = vendor.counts.submits;
  const report = await runSaturation({
    contract,
    apiKey: KEY,
    baseUrl,
    connections: 2,
    durationMs: 400,
    endpoints: ['poll'],
    thresholds: ['requestsPerSecond>10'],
  });
  expect(vendor.counts.submits).toBe(before + 1);
  expect(report.saturation).toMatchObject({ errors: 0, non2xx: 0 });
  expect(report.saturation?.steps).toMatchObject([
    { endpoint: 'poll', connections: 1, failures: 0 },
    { endpoint: 'poll', connections: 2, failures: 0 },
  ]);
  expect(report.saturation?.requests).toBeGreaterThan(50);
  expect(report.latencyMs.poll.count).toBe(report.saturation?.requests);
  expect(report.thresholds).toMatchObject([{ ok: true }]);
  expect(report.tasks).toMatchObject({ started: 1, live: 1 });
});

test('an abort ends a saturation early, with a report', async () => {
  const startedAt = preciseClock.now();
  const report = await runSaturation({
    contract,
    apiKey: KEY,
    baseUrl,
    durationMs: 600_000,
    signal: AbortSignal.timeout(300),
  });
  expect(preciseClock.now() - startedAt).toBeLessThan(10_000);
  expect(report.saturation?.requests).toBeGreaterThan(0);
});

test.each([
  ['a synchronous vendor', 'apigo', {}, /answers at once/],
  ['another machine', 'gptimage15', { baseUrl: 'http://vendor.test' }, /not this machine/],
  ['unverified certificates', 'gptimage15', { baseUrl: 'https://vendor.test', allowRemote: true }, /certificates/],
  ['no connection', 'gptimage15', { connections: 0 }, /connections must be/],
])('%s cannot be saturated', async (_, id, options, message) => {
  const work = runSaturation({ contract: await contractOf(id), apiKey: KEY, baseUrl, durationMs: 200, ...options });
  await expect(work).rejects.toThrow(UsageError);
  await expect(work).rejects.toThrow(message);
});
