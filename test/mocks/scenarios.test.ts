import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedScenarios } from '../../mocks/scenarios/named.js';
import { readScenario } from '../../mocks/scenarios/read-scenario.js';
import { draw } from '../../src/core/lifecycle/distribution.js';
import { createMock, createMockFetch } from '../../src/entry/mock.js';
import { createRng } from '../../src/platform/random.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-scenarios-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test.each(Object.keys(namedScenarios))('the scenario %s is ready by name', async (name) => {
  await expect(createMock({ scenario: name })).resolves.toBeDefined();
});

test('a log-normal duration has the quantiles that it was given', () => {
  const rng = createRng('quantiles');
  const draws = Array.from({ length: 20_000 }, () => draw({ kind: 'lognormal', p50Ms: 1_000, p99Ms: 9_000 }, rng)).sort(
    (one, other) => one - other,
  );
  expect(draws[10_000]).toBeGreaterThan(950);
  expect(draws[10_000]).toBeLessThan(1_050);
  expect(draws[19_800]).toBeGreaterThan(8_000);
  expect(draws[19_800]).toBeLessThan(10_000);
});

test('a draw from a range stays in the range', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e6 }),
      (seed, least, more) => {
        const ms = draw({ kind: 'uniform', minMs: least, maxMs: least + more }, createRng(seed));
        expect(ms).toBeGreaterThanOrEqual(least);
        expect(ms).toBeLessThanOrEqual(least + more);
      },
    ),
  );
});

test('chances come as often as they say, and equal seeds draw equally', async () => {
  const path = await file('half.yaml', 'chances:\n  - { outcome: server-error, share: 0.5 }\n');
  const run = async () => {
    const send = await createMockFetch({
      clock: createVirtualClock(),
      vendors: ['gptimage15'],
      scenario: path,
      seed: 3,
    });
    const statuses = [];
    for (let index = 0; index < 200; index += 1)
      statuses.push(
        (await send(call('http://mock.test/gptimage15', 'gptimage15', '/api/generate', { prompt: `p${index}` })))
          .status,
      );
    return statuses;
  };
  const statuses = await run();
  const errors = statuses.filter((status) => status === 500).length;
  expect(errors).toBeGreaterThan(70);
  expect(errors).toBeLessThan(130);
  expect(await run()).toEqual(statuses);
});

test('a window has a beginning and an end', async () => {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['apimart'], scenario: 'outage' });
  const body = { model: 'gpt-image-1-official', prompt: 'x' };
  const submit = async () =>
    (await send(call('http://mock.test/apimart', 'apimart', '/v1/images/generations', body))).status;
  expect(await submit()).toBe(200);
  clock.advance(30_000);
  expect(await submit()).toBe(502);
  clock.advance(30_000);
  expect(await submit()).toBe(200);
});

test('the first task after a quiet time waits for a cold start, the next one does not', async () => {
  const path = await file(
    'cold.yaml',
    'timing:\n  - { queued: 0ms, running: 1s, coldStart: { after: 1m, delay: 30s } }\n',
  );
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['gptimage15'], scenario: path });
  const at = (tail: string, body?: unknown) => call('http://mock.test/gptimage15', 'gptimage15', tail, body);
  const finishes = async (afterMs: number) => {
    const accepted = (await (await send(at('/api/generate', { prompt: 'x' }))).json()) as { data: { task_id: string } };
    clock.advance(afterMs);
    const polled = (await (await send(at(`/api/status?task_id=${accepted.data.task_id}`))).json()) as {
      data: { status: string };
    };
    return polled.data.status;
  };
  expect(await finishes(2_000)).toBe('IN_PROGRESS');
  expect(await finishes(2_000)).toBe('SUCCESS');
});

test.each([
  [
    'shares.yaml',
    'chances:\n  - outcome: failed\n    share: 0.7\n  - outcome: slow\n    share: 0.7\n',
    /line 1, chances: the shares add up to more than 1/,
  ],
  [
    'windows.yaml',
    'chances:\n  - { outcome: failed, share: 0.7 }\n  - { outcome: slow, share: 0.7, from: 10s, until: 20s }\n',
    /line 1, chances: the shares add up to more than 1/,
  ],
  ['word.yaml', 'chances:\n  - outcome: faild\n    share: 0.1\n', /line 2, chances\.0\.outcome: .*"failed"/],
  ['time.yaml', 'timing:\n  - running: soon\n', /line 2, timing\.0\.running: must be a duration/],
  ['field.yaml', 'limits:\n  submitt: { perSecond: 1, burst: 1 }\n', /line 1, limits: .*submitt/],
  ['broken.yaml', 'chances: [\n', /is not YAML: line/],
  ['vendor.yaml', 'vendors:\n  nobody: {}\n', /speaks of nobody, which is no vendor/],
])('a mistake in %s is told with line and reason', async (name, text, message) => {
  await expect(createMock({ scenario: await file(name, text) })).rejects.toThrow(message);
});

test('a scenario that does not exist is told with those that do', async () => {
  await expect(readScenario('nightmare')).rejects.toThrow(
    'Unknown scenario "nightmare": known are usual, instant, flaky',
  );
});

test('the example on the page of scenarios is one', async () => {
  const page = await readFile('docs/scenarios.md', 'utf8');
  const example = /```yaml\n(description: A busy afternoon.*?)```/s.exec(page)?.[1] ?? '';
  const path = await file('example.yaml', example.replace('some-vendor', 'evolink'));
  await expect(createMock({ scenario: path })).resolves.toBeDefined();
});
