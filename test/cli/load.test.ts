/** The load command as a person runs it: ends, exit codes, and what is said of bad input. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interrupted, proofsheet } from '../support/cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-load-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Tasks that never end; `onPolls` happens with that many of them. */
async function endlessTasks(count: number, onPolls: () => void): Promise<{ server: Server; url: string }> {
  let polls = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') polls += 1;
    response.setHeader('content-type', 'application/json');
    response.end('{"code":200,"data":{"task_id":"n36tabcgptimg","status":"IN_PROGRESS"}}');
    if (polls === count) onPolls();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const load = (url: string) => ['load', 'gptimage15', '--base-url', url, '--rate', '50', '--policy', 'fixed:50ms'];

test('Ctrl-C gives the result so far, in every asked format, and exit 130', async () => {
  let seen = () => {};
  const polled = new Promise<void>((resolve) => {
    seen = resolve;
  });
  const { server, url } = await endlessTasks(20, seen);
  const json = join(folder, 'partial.json');
  const html = join(folder, 'partial.html');
  const reports = ['--report', `json=${json}`, '--report', `html=${html}`];
  const { code, stdout, stderr } = await interrupted([...load(url), '--tasks', '100000', ...reports], polled);
  server.closeAllConnections();
  server.close();
  expect(code).toBe(130);
  expect(stdout).toContain('ended early: it was interrupted');
  // Nothing is told of the progress where nobody watches.
  expect(stderr).toBe('');
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ kind: 'load', partial: 'it was interrupted' });
  expect(await readFile(html, 'utf8')).toContain('Ended early');
});

test('a target that dies in the middle ends the run with exit 3, the result kept and marked', async () => {
  const closing: { server?: Server } = {};
  const { server, url } = await endlessTasks(20, () => {
    closing.server?.closeAllConnections();
    closing.server?.close();
  });
  closing.server = server;
  const { code, stdout } = await proofsheet([...load(url), '--tasks', '100000', '--give-up-after', '300ms']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/ended early: the target stopped answering: \d+ requests/);
  expect(stdout).toMatch(/ECONNREFUSED/);
});

const remote = ['load', 'gptimage15', '--base-url', 'http://vendor.test', '--api-key', 'k', '--allow-remote'];
const bounded = ['--rate', '2', '--max-tasks', '9', '--duration', '1s'];
const local = ['load', 'gptimage15', '--base-url', 'http://127.0.0.1:9', '--tasks', '1'];

test.each([
  [[...local, '--rate', '0'], /--rate takes one number from 0\.001 to 100000/],
  [[...local, '--duration', '0'], /duration of a load must be positive, is 0ms/],
  [[...local, '--abort-on-fail=later'], /--abort-on-fail "later" is not a duration/],
  [[...local, '--report', 'pdf=x'], /--report "pdf=x" is not FORMAT=PATH with a format out of json, markdown, html/],
  [[...remote, '--tasks', '1', '--duration', '1s'], /is not this machine: give the --rate/],
  [[...remote, '--rate', '1', '--duration', '1s'], /needs a ceiling: give a number of tasks \(--max-tasks\)/],
  [[...remote, '--saturate'], /is not this machine: give the --rate .*\(with --saturate, of requests a second\)/],
  [
    [...remote, '--saturate', '--rate', '5'],
    /ceiling: give a number of tasks \(--max-tasks\) and a time \(--duration\)/,
  ],
  [[...remote, ...bounded, '--policy', 'webhook:1s'], /vendor\.test cannot call this machine: give --callback-url/],
  [[...remote, ...bounded, '--arrivals', 'burst:9'], /burst:9 start 9 tasks in one second, more than the rate of 2/],
  [['load', 'gptimage15', '--base-url', '127.0.0.1:9', '--tasks', '1'], /must be an http or https URL/],
  [[...local, '--saturate'], /--saturate sends as much as fits: --tasks does not go with it/],
  [[...local, '--mock'], /--mock is a target of its own, .* leave out --base-url or --mock/],
  [['load', 'evolink', '--virtual', '--mock'], /In virtual time nothing is sent: leave out --mock or --virtual/],
  [['load', 'evolink', '--scenario', 'burst', '--mock'], /runs 50 tasks at once and lets the others queue, and a mock/],
  [['load', 'evolink', '--scenario', 'soak', '--mock'], /takes 1440 m 00 s in real time: give --duration or --tasks/],
])('%s is refused with exit 2', async (args, message) => {
  const { code, stderr } = await proofsheet(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test('the ceiling of a run on another machine is told before the first request', async () => {
  const args = [...remote.slice(0, 3), 'http://proofsheet.invalid', ...remote.slice(4)];
  const { code, stderr } = await proofsheet([...args, '--rate', '2', '--max-tasks', '3', '--duration', '5s']);
  expect(stderr).toMatch(
    /^load on http:\/\/proofsheet\.invalid: at most 3 tasks, 2 a second, in 5\.0 s, at most 30 credits\n/,
  );
  expect(stderr).toContain('cannot be reached');
  expect(code).toBe(3);
});

test('the ceiling of a saturation elsewhere is told before the first request', async () => {
  const args = [...remote.slice(0, 3), 'http://proofsheet.invalid', ...remote.slice(4), '--saturate'];
  const { code, stderr } = await proofsheet([...args, '--rate', '20', '--max-tasks', '1', '--duration', '5s']);
  expect(stderr).toMatch(
    /^saturation of http:\/\/proofsheet\.invalid: 1 task, and polls of it over at most 20 connections, 20 a second, in 5\.0 s, at most 10 credits\n/,
  );
  expect(stderr).toContain('cannot be reached');
  expect(code).toBe(3);
});

test('a mock of its own needs no second terminal, and a scenario can run on it', async () => {
  const json = join(folder, 'mock.json');
  const args = ['load', 'evolink', '--mock', '--scenario', 'lost-callbacks', '--duration', '1s', '--rate', '20'];
  const { code, stdout, stderr } = await proofsheet([...args, '--report', `json=${json}`]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(/left out {2}the latency of its server: the wire is that of this machine/);
  const report = JSON.parse(await readFile(json, 'utf8'));
  expect(report).toMatchObject({
    driver: 'real',
    scenario: 'lost-callbacks',
    policy: 'webhook:60000ms',
    calls: { received: 0, lost: 0, endedTasks: 0 },
    stages: [{ name: '1 % lost' }, { name: '10 % lost' }, { name: 'all lost' }],
  });
  expect(report.tasks.started).toBeGreaterThan(5);
  expect(report.tasks.live).toBe(report.tasks.started);
});

test('a trace says itself how many tasks there are, and the report says which arrivals they were', async () => {
  const trace = join(folder, 'starts.txt');
  await writeFile(trace, '0\n10\n20\n');
  const { server, url } = await endlessTasks(Number.POSITIVE_INFINITY, () => undefined);
  const args = ['load', 'gptimage15', '--base-url', url, '--arrivals', `trace:${trace}`, '--timeout', '100ms'];
  const { code, stdout } = await proofsheet(args);
  server.close();
  expect(stdout).toMatch(/arrivals {2}trace:.*starts\.txt/);
  expect(stdout).toContain('3 started, 3 abandoned');
  expect(code).toBe(0);
});

test('a target that shows tasks before they are ready ends the command with exit 1', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-proofsheet-ready-at', String(Date.now() + 60_000));
    response.end('{"code":200,"data":{"task_id":"n36tabcgptimg","status":"SUCCESS","response":["http://x.test/1"]}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { code, stdout } = await proofsheet([
    ...load(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    '--tasks',
    '3',
  ]);
  server.closeAllConnections();
  server.close();
  expect(stdout).toMatch(/BROKEN: the target contradicts itself: 3 tasks were detected before they were ready/);
  expect(code).toBe(1);
});

test('a base URL that leads nowhere is told, not measured', async () => {
  const server = createServer((_, response) => response.writeHead(404).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, stderr } = await proofsheet([...load(url), '--tasks', '3']);
  server.closeAllConnections();
  server.close();
  expect(stderr).toContain(`${url} answers 404 to every submit: is the base URL right?`);
  expect(code).toBe(3);
});
