/** Steps of a saturation run, with an engine whose server is a formula. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { type RunSaturationOptions, runSaturation } from '../../src/load/saturate.js';
import { connectionSteps } from '../../src/load/saturation-steps.js';
import type { SaturationEngine } from '../../src/platform/saturation-engine.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, KEY } from '../client/fake-vendor.js';

const contract = await contractOf('gptimage15');

/** Each request takes 1 ms of one of `servers`; what does not fit waits. */
function engineOf(servers: number, failsFrom = Number.POSITIVE_INFINITY) {
  const asked: Parameters<SaturationEngine>[0][] = [];
  const engine: SaturationEngine = async (request) => {
    asked.push(request);
    const { connections, durationMs } = request;
    const busy = Math.min(connections, servers);
    const requests = Math.round(busy * durationMs);
    const ms = connections / busy;
    const non2xx = connections >= failsFrom ? requests / 2 : 0;
    const latencyMs = { count: requests, mean: ms, p50: ms, p90: ms, p99: ms, p999: ms, max: ms };
    return { requests, durationMs, errors: 0, non2xx, timeouts: 0, latencyMs };
  };
  return { engine, asked };
}

function saturate(engine: SaturationEngine, options: Partial<RunSaturationOptions> = {}) {
  const vendor = createFakeVendor({ clock: createVirtualClock() });
  const target = { contract, apiKey: KEY, baseUrl: BASE, transport: vendor.loadTransport };
  return runSaturation({ ...target, durationMs: 14_000, engine, ...options });
}

test('the knee is where more connections bring no more, for polls and for submits', async () => {
  const { engine, asked } = engineOf(8);
  const { saturation, tasks, polls, latencyMs } = await saturate(engine);
  expect(saturation).toMatchObject({ connections: 8, requestsPerSecond: 8000, errors: 0 });
  expect(saturation?.ceilings).toMatchObject([
    { endpoint: 'poll', connections: 8, reason: 'more than 8 connections brought no more' },
    { endpoint: 'submit', connections: 8 },
  ]);
  // Two flat steps are enough; 64 is never tried, and no step is longer than its part of the time.
  expect(asked.map(({ connections }) => connections)).toEqual([1, 2, 4, 8, 16, 32, 1, 2, 4, 8, 16, 32]);
  expect(asked.every(({ durationMs }) => durationMs === 1000)).toBe(true);
  expect(asked.map(({ method, body }) => [method, typeof body])).toContainEqual(['POST', 'string']);
  const submitted = (1 + 2 + 4 + 8 + 8 + 8) * 1000;
  expect(tasks).toMatchObject({ started: 1 + submitted, live: 1 + submitted });
  expect(polls.total).toBe(submitted);
  expect(latencyMs.poll).toMatchObject({ count: 8000, p99: 1 });
});

test('a bound of p99 and failures end the climb, and are not the ceiling', async () => {
  const slow = await saturate(engineOf(1).engine, { mostP99Ms: 1.5, endpoints: ['poll'] });
  expect(slow.saturation?.ceilings).toMatchObject([{ connections: 1, reason: 'p99 passed 1.5 ms over 2 connections' }]);
  const failing = await saturate(engineOf(64, 16).engine, { endpoints: ['poll'], durationMs: 14_000 });
  expect(failing.saturation?.ceilings).toMatchObject([{ connections: 8, requestsPerSecond: 8000 }]);
  expect(failing.saturation?.ceilings?.[0]?.reason).toBe('16000 of 32000 requests failed over 16 connections');
  expect(failing.errors).toEqual({ 'poll failed': 16_000 });
});

test('an interrupt ends the climb and marks the report', async () => {
  const controller = new AbortController();
  const { engine } = engineOf(8);
  const stopping: SaturationEngine = async (request) => {
    if (request.connections === 4) controller.abort();
    return engine(request);
  };
  const report = await saturate(stopping, { signal: controller.signal });
  expect(report.partial).toBe('it was interrupted');
  expect(report.saturation?.steps).toHaveLength(3);
});

const elsewhere = { baseUrl: 'http://vendor.test', allowRemote: true };

test('another machine is asked with polls only, about one task, within the ceiling that is told first', async () => {
  const remote = { ...elsewhere, mostPerSecond: 1500, maxTasks: 1 };
  const { engine, asked } = engineOf(2);
  const planned: unknown[] = [];
  const { tasks, saturation } = await saturate(engine, { ...remote, onPlanned: (bounds) => planned.push(bounds) });
  expect(planned).toEqual([
    {
      target: 'http://vendor.test',
      endpoints: ['poll'],
      connections: 64,
      requestsPerSecond: 1500,
      durationMs: 14_000,
      tasks: 1,
      cost: { amount: 10, unit: 'credits' },
    },
  ]);
  expect(asked.every(({ method, mostPerSecond }) => method === 'GET' && mostPerSecond === 1500)).toBe(true);
  expect(tasks.started).toBe(1);
  expect(saturation?.ceilings?.[0]?.reason).toBe('1500 requests a second are the most that were allowed');
  const submits = saturate(engine, { ...remote, endpoints: ['submit'] });
  await expect(submits).rejects.toThrow(UsageError);
  await expect(submits).rejects.toThrow(/Each submit on vendor\.test costs money/);
});

test.each<[Partial<RunSaturationOptions>, RegExp]>([
  [elsewhere, /needs a ceiling: give a rate \(--rate\) and a number of tasks \(--max-tasks\)$/],
  [{ ...elsewhere, mostPerSecond: 10 }, /give a number of tasks \(--max-tasks\)$/],
  [{ ...elsewhere, mostPerSecond: 10, maxTasks: 1, durationMs: undefined } as never, /give a time \(--duration\)$/],
  [{ mostPerSecond: 0.5 }, /sends at least one request a second/],
  [{ maxTasks: 0 }, /0 tasks are too few/],
])('%j is refused before anything is sent', async (options, message) => {
  const { engine, asked } = engineOf(2);
  await expect(saturate(engine, options)).rejects.toThrow(message);
  expect(asked).toEqual([]);
});

test('counted tasks are not exceeded: with a number of them only the one is submitted', async () => {
  const { engine, asked } = engineOf(2);
  const { tasks } = await saturate(engine, { maxTasks: 3 });
  expect(tasks.started).toBe(1);
  expect(asked.every(({ method }) => method === 'GET')).toBe(true);
});

test('with a rate no step is shorter than the second that the rate is of', async () => {
  const { engine, asked } = engineOf(1);
  await saturate(engine, { mostPerSecond: 5000, durationMs: 3500, endpoints: ['poll'] });
  expect(asked.map(({ connections, durationMs }) => [connections, Math.round(durationMs)])).toEqual([
    [1, 1167],
    [2, 1167],
    [4, 1167],
  ]);
  await expect(saturate(engine, { mostPerSecond: 10, durationMs: 900 })).rejects.toThrow(/at least 1s, not 900ms/);
});

test('no more connections are opened than requests a second are allowed', async () => {
  const { engine, asked } = engineOf(64);
  await saturate(engine, { mostPerSecond: 6.5, endpoints: ['poll'] });
  expect(asked.map(({ connections }) => connections)).toEqual([1]);
});

test('steps double up to the most', () => {
  expect(connectionSteps(1)).toEqual([1]);
  expect(connectionSteps(8)).toEqual([1, 2, 4, 8]);
  expect(connectionSteps(10)).toEqual([1, 2, 4, 8, 10]);
});
