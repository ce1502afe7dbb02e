import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interrupted, proofsheet, type RunningCommand, runningMock } from '../support/cli.js';

let mock: RunningCommand;
let folder: string;
beforeAll(async () => {
  mock = await runningMock('--speed', '100');
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-'));
});
afterAll(async () => {
  expect(await mock.interrupt()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

test('mock says first where every vendor is, then answers there', async () => {
  expect(Object.keys(mock.ready.vendors)).toEqual(['apigo', 'apimart', 'evolink', 'gptimage15']);
  const response = await fetch(`${mock.ready.vendors['evolink']}/v1/tasks/task-unified-1-x`);
  expect(response.status).toBe(401);
});

test('check finds a clean mock conformant and writes its reports', async () => {
  const json = join(folder, 'deep', 'report.json');
  const junit = join(folder, 'report.xml');
  const url = mock.ready.vendors['gptimage15'] ?? '';
  const others = ['sarif', 'markdown', 'har', 'html'].map((format) => `${format}=${join(folder, `report.${format}`)}`);
  const outputs = [`json=${json}`, `junit=${junit}`, ...others].flatMap((output) => ['--report', output]);
  const { code, stdout, stderr } = await proofsheet(['check', 'gptimage15', '--base-url', url, ...outputs]);
  expect(stdout).toContain('CONFORMANT');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^gptimage15 at http.* depth full: at most \d+ tasks, at most \d+ credits/);
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ schemaVersion: 1, kind: 'check', findings: [] });
  expect(await readFile(junit, 'utf8')).toContain('<testsuite');
  expect(stdout).toMatch(/coverage: \d+ of \d+ request constraints exercised on both sides/);
  const files = await Promise.all(
    [json, ...others.map((o) => o.replace(/^[^=]+=/, ''))].map((f) => readFile(f, 'utf8')),
  );
  expect(JSON.parse(files[1] ?? '')).toMatchObject({ version: '2.1.0', runs: [{ invocations: [{ exitCode: 0 }] }] });
  for (const text of [stdout, stderr, ...files]) expect(text).not.toContain('sk-gptimage15-');
});

test('check of a server with a fault exits 1 and says what, where, and how to see it', async () => {
  const faulty = await runningMock('gptimage15', '--speed', '100', '--fault', 'charges-failure');
  const { code, stdout } = await proofsheet([
    'check',
    'gptimage15',
    '--base-url',
    faulty.ready.vendors['gptimage15'] ?? '',
  ]);
  expect(await faulty.interrupt()).toBe(0);
  expect(code).toBe(1);
  expect(stdout).toContain('failure-costs-nothing');
  expect(stdout).toContain('G17');
  expect(stdout).toContain('/data/consumed_credits');
  expect(stdout).toMatch(/curl .*PROOFSHEET_KEY/);
});

test('a baseline makes known findings pass, and diff tells what has changed since', async () => {
  const [good, bad] = [join(folder, 'deep', 'report.json'), join(folder, 'bad.json')];
  const faulty = await runningMock('gptimage15', '--speed', '100', '--fault', 'charges-failure');
  const check = [
    'check',
    'gptimage15',
    '--base-url',
    faulty.ready.vendors['gptimage15'] ?? '',
    '--report',
    `json=${bad}`,
  ];
  expect((await proofsheet([...check, '--baseline', good])).code).toBe(1);
  const known = await proofsheet([...check, '--baseline', bad]);
  expect(await faulty.interrupt()).toBe(0);
  expect(known.stdout).toContain('NOTHING NEW');
  expect(known.code).toBe(0);
  const drift = join(folder, 'drift.json');
  const diff = await proofsheet(['diff', good, bad, '--report', `json=${drift}`]);
  expect(diff.stdout).toContain('BREAKING');
  expect(diff.code).toBe(1);
  expect(JSON.parse(await readFile(drift, 'utf8'))).toMatchObject({ kind: 'diff', verdict: 'breaking' });
}, 90_000);

test('load tells how the tasks went and obeys its thresholds', async () => {
  const url = mock.ready.vendors['evolink'] ?? '';
  const run = (...more: string[]) =>
    proofsheet([
      'load',
      'evolink',
      '--base-url',
      url,
      '--tasks',
      '10',
      '--rate',
      '50',
      '--policy',
      'fixed:20ms',
      ...more,
    ]);
  const json = join(folder, 'load.json');
  const met = await run('--report', `json=${json}`, '--threshold', 'succeeded>=1');
  expect(met.code).toBe(0);
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({
    kind: 'load',
    tasks: { started: 10, succeeded: 10, failed: 0, abandoned: 0, live: 0 },
    thresholds: [{ ok: true }],
  });
  expect((await run('--threshold', 'polls.perTask.mean<0.1')).code).toBe(1);
});

test('try saves the images and prints where', async () => {
  const url = mock.ready.vendors['apimart'] ?? '';
  const out = join(folder, 'pictures');
  const args = ['try', 'apimart', 'A fox', '--out', out, '--base-url', url, '--size', '1024x1536', '--format', 'jpeg'];
  const { code, stdout, stderr } = await proofsheet([...args, '--count', '2']);
  expect(stderr).toContain('polls');
  expect(code).toBe(0);
  const files = stdout.trim().split('\n');
  expect(files).toHaveLength(2);
  expect((await readdir(out)).length).toBe(2);
  for (const file of files)
    expect(await sharp(file).metadata()).toMatchObject({ width: 1024, height: 1536, format: 'jpeg' });
});

test('Ctrl-C ends a check with 130 and what it has seen so far', async () => {
  const slow = await runningMock('gptimage15', '--speed', '1');
  const url = slow.ready.vendors['gptimage15'] ?? '';
  const { code, stdout } = await interrupted(['check', 'gptimage15', '--base-url', url], /at most/);
  await slow.interrupt();
  expect(code).toBe(130);
  expect(stdout).toMatch(/interrupted|stopped|Ctrl-C/i);
});

test.each([
  [2, ['mock', 'nobody'], /Unknown vendor "nobody": known are apigo, apimart/],
  [2, ['mock', '--prot', '1'], /Unknown argument: prot/],
  [2, ['mock', '--port', 'abc'], /--port takes one number from 0 to 65535/],
  [2, ['check', './missing.yaml'], /missing\.yaml is not a usable contract:\n {2}\(whole document\): no such file/],
  [
    2,
    ['check', 'evolink'],
    /A key is needed for https:\/\/api\.evolink\.ai: give --api-key, or set PROOFSHEET_EVOLINK/,
  ],
  [2, ['check', 'evolink', '--report', 'pdf=x'], /FORMAT=PATH with a format out of json, junit/],
  [2, ['check', 'evolink', '--baseline', './none.json'], /--baseline \.\/none\.json cannot be read: no such file/],
  [2, ['check', 'evolink', '--baseline', 'package.json'], /is not the JSON report of a check \(schemaVersion 1\)/],
  [2, ['diff', 'package.json', 'package.json'], /package\.json is not the JSON report of a check/],
  [2, ['diff', 'package.json'], /Not enough non-option arguments/],
  [3, ['check', 'evolink', '--base-url', 'http://127.0.0.1:1'], /cannot be judged/],
  [3, ['load', 'evolink', '--base-url', 'http://127.0.0.1:1', '--tasks', '2'], /cannot be reached/],
  [2, ['load', 'evolink', '--tasks', '2', '--api-key', 'x'], /is not this machine/],
  [2, ['load', 'evolink', '--scenario', 'outrage'], /did you mean outage/],
  [2, ['load', 'evolink', '--virtual', '--base-url', 'http://127.0.0.1:1'], /nothing is sent: leave out --base-url/],
  [2, ['load', 'apigo', '--compare-policies'], /answers at once: there is nothing to poll/],
])('exits %i for %j', async (expected, args, message) => {
  const { code, stdout, stderr } = await proofsheet(args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(expected);
});
