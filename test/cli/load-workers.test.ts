/** `load --workers` as a person runs it, with real threads and sockets. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LoadReport } from '../../src/core/load-report.js';
import { preciseClock } from '../../src/platform/precise-clock.js';
import { createFakeVendor } from '../client/fake-vendor.js';
import { interrupted, proofsheet } from '../support/cli.js';

const KEY = 'sk-of-somebody-0815';

let folder: string;
let server: Server;
let url: string;
let vendor: ReturnType<typeof createFakeVendor>;
let durationMs: number;
let onRequest: (count: number) => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-workers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  durationMs = 100;
  onRequest = () => undefined;
  vendor = createFakeVendor({ clock: preciseClock, durationMs: () => durationMs });
  let requests = 0;
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests += 1;
    onRequest(requests);
    const answer = await vendor.answer({
      method: request.method ?? '',
      url: new URL(request.url ?? '/', url),
      authorization: `Bearer ${request.headers.authorization === `Bearer ${KEY}` ? 'sk-test-secret-0001' : 'wrong'}`,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const load = (...more: string[]) => [
  ...['load', 'gptimage15', '--base-url', url, '--api-key', KEY, '--policy', 'fixed:50ms', '--workers', '2'],
  ...more,
];
const reported = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as LoadReport;
const numbers = () =>
  vendor.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => Number(/picture (\d+)/.exec(body)?.[1]))
    .sort((one, other) => one - other);
const endedTasks = ({ succeeded, failed, cancelled, abandoned, live }: LoadReport['tasks']) =>
  succeeded + failed + cancelled + abandoned + live;

test('two workers start every task once, and the report is one', async () => {
  const paths = ['json', 'markdown', 'html'].map((format) => ({ format, path: join(folder, `shared.${format}`) }));
  const asked = paths.flatMap(({ format, path }) => ['--report', `${format}=${path}`]);
  const args = load('--rate', '60', '--duration', '60s', '--max-tasks', '75', '--arrivals', 'poisson', ...asked);
  const { code, stdout, stderr } = await proofsheet([...args, '--threshold', 'succeeded>=100%']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(numbers()).toEqual(Array.from({ length: 75 }, (_, index) => index + 1));
  const report = await reported(join(folder, 'shared.json'));
  expect(report).toMatchObject({ workers: 2, errors: {}, tasks: { started: 75, succeeded: 75, live: 0 } });
  expect(report.latencyMs.submit.count).toBe(75);
  expect(report.latencyMs.poll.count).toBe(report.polls.total);
  expect(report.polls.total).toBe(vendor.counts.polls);
  expect(report.timeToDetectMs?.count).toBe(75);
  expect(report.percentiles?.poll.at(-1)?.ms).toBeGreaterThan(0);
  expect(report.series?.started.reduce((sum, count) => sum + count, 0)).toBe(75);
  expect(report.generator.cpuShare).toBeGreaterThan(0);
  expect(stdout).toMatch(/workers {3}2\n/);
  const texts = await Promise.all(paths.map(({ path }) => readFile(path, 'utf8')));
  for (const text of texts.slice(1)) expect(text).toMatch(/workers/);
  for (const text of [stdout, ...texts]) expect(text).not.toContain(KEY);
});

test('what is planned before the warm-up is over is in none of the figures, whichever worker did it', async () => {
  const path = join(folder, 'warm.json');
  await proofsheet(load('--rate', '50', '--tasks', '50', '--warm-up', '500ms', '--report', `json=${path}`));
  const { tasks, warmUp } = await reported(path);
  expect(numbers()).toHaveLength(50);
  expect(warmUp?.durationMs).toBe(500);
  expect(warmUp?.tasks).toBeGreaterThan(0);
  expect(tasks.started + (warmUp?.tasks ?? 0)).toBe(50);
});

test('Ctrl-C gives the result so far of all workers, and exit 130', async () => {
  durationMs = 600_000;
  const path = join(folder, 'cut.json');
  const polled = new Promise<void>((resolve) => {
    onRequest = (count) => count === 60 && resolve();
  });
  const args = load('--rate', '50', '--tasks', '100000', '--report', `json=${path}`);
  const { code, stdout } = await interrupted(args, polled);
  expect(code).toBe(130);
  expect(stdout).toContain('ended early: it was interrupted');
  const { tasks, partial } = await reported(path);
  expect(partial).toBe('it was interrupted');
  // A task whose submit was on its way just then is cut off by either side.
  expect(Math.abs(tasks.started - numbers().length)).toBeLessThanOrEqual(2);
  expect(endedTasks(tasks)).toBe(tasks.started);
  expect(tasks.live).toBeGreaterThan(1);
});

test('a target that dies in the middle is dead for all workers: exit 3, the result kept', async () => {
  durationMs = 600_000;
  onRequest = (count) => {
    if (count !== 40) return;
    server.closeAllConnections();
    server.close();
  };
  const { code, stdout } = await proofsheet(load('--rate', '50', '--tasks', '100000', '--give-up-after', '300ms'));
  expect(stdout).toMatch(/ended early: the target stopped answering: \d+ requests in .* ECONN/);
  expect(code).toBe(3);
});

test('a threshold that the workers miss together ends the run early with exit 1', async () => {
  const threshold = ['--abort-on-fail', '--threshold', 'started<20'];
  const { code, stdout } = await proofsheet(load('--rate', '25', '--tasks', '100000', ...threshold));
  expect(stdout).toContain('ended early: the threshold started<20 was missed');
  expect(code).toBe(1);
});

test('the starts of a file are shared, too', async () => {
  const trace = join(folder, 'starts.txt');
  await writeFile(trace, '0\n10\n20\n30\n40\n');
  const { code } = await proofsheet(load('--arrivals', `trace:${trace}`));
  expect(code).toBe(0);
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
});

test.each([
  [['--saturate'], /--saturate climbs step by step, .*: leave out --workers/],
  [['--compare-policies'], /--compare-policies makes small runs one after another/],
  [['--virtual'], /Virtual time has one clock, on which one thing happens after another: leave out --workers/],
  [['--scenario', 'outage'], /Virtual time has one clock/],
  [['--export', 'artillery'], /--export writes a load for another engine/],
  [['--mock', '--tasks', '1', '--policy', 'webhook:1s'], /webhook:1000ms waits to be called back/],
  [['--workers', '1.5'], /--workers takes (one|a whole) number/],
  [['--workers', '100'], /--workers takes one number from 1 to 64/],
])('%s is refused with exit 2', async (args, message) => {
  const workers = args[0] === '--workers' ? [] : ['--workers', '2'];
  const { code, stderr } = await proofsheet(['load', 'gptimage15', ...workers, ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
