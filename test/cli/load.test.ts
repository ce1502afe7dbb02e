/** The load command as a person runs it: ends, exit codes, and what is said of bad input. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
const local = ['load', 'gptimage15', '--base-url', 'http://127.0.0.1:9', '--tasks', '1'];

test.each([
  [[...local, '--rate', '0'], /--rate takes one number from 0\.001 to 100000/],
  [[...local, '--duration', '0'], /duration of a load must be positive, is 0ms/],
  [[...local, '--abort-on-fail=later'], /--abort-on-fail "later" is not a duration/],
  [[...local, '--report', 'pdf=x'], /--report "pdf=x" is not FORMAT=PATH with a format out of json, markdown, html/],
  [[...remote, '--tasks', '1', '--duration', '1s'], /is not this machine: give the --rate/],
  [[...remote, '--rate', '1', '--duration', '1s'], /needs a ceiling: give a number of tasks \(--max-tasks\)/],
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
