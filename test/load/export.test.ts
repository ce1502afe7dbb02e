/** The export for Artillery; `npm run verify:artillery` runs it with Artillery itself. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { UsageError } from '../../src/core/errors.js';
import { parsePolicy } from '../../src/core/polling.js';
import { constantArrivals } from '../../src/load/arrivals/constant.js';
import { poissonArrivals } from '../../src/load/arrivals/poisson.js';
import { arrivalPhases } from '../../src/load/export/arrival-phases.js';
import { type ArtilleryOptions, toArtillery } from '../../src/load/export/artillery.js';
import { waitsTable } from '../../src/load/export/waits-table.js';
import { loadTarget } from '../../src/load/load-target.js';
import { createWaitDraws } from '../../src/load/wait-draws.js';
import { createRng } from '../../src/platform/random.js';
import { BASE, contractOf, KEY } from '../client/fake-vendor.js';

const template = new URL('../../src/load/export/artillery-processor.template.cjs', import.meta.url);
const drawWait = createWaitDraws(1);

async function exported(vendor = 'gptimage15', options: Partial<ArtilleryOptions> = {}) {
  const contract = await contractOf(vendor);
  return toArtillery({
    contract,
    target: loadTarget({ contract, apiKey: KEY, baseUrl: `${BASE}/base` }),
    policy: parsePolicy('fixed:250ms'),
    arrivals: constantArrivals(10),
    seed: 1,
    maxTasks: 25,
    durationMs: Number.POSITIVE_INFINITY,
    timeoutMs: 60_000,
    keyVariable: 'PROOFSHEET_EXPORT_TEST_KEY',
    processorFile: './load.cjs',
    processorTemplate: readFileSync(template, 'utf8'),
    ...options,
  });
}

type Hooks = Record<string, (...args: unknown[]) => unknown>;

/** The hooks of an exported processor, and what they count. */
async function loaded() {
  const { processor } = await exported();
  const module = { exports: {} as Hooks };
  new Function('module', processor)(module);
  const counts: Record<string, number> = {};
  const events = {
    emit: (_: string, name: string, value: number) => {
      counts[name] = (counts[name] ?? 0) + value;
    },
  };
  const context = { vars: {} as Record<string, never> & { task?: { plannedAt: number; done: boolean } } };
  const answer = (statusCode: number, data: object, headers = {}) => ({
    statusCode,
    headers,
    body: JSON.stringify({ code: statusCode, data }),
  });
  return { hooks: module.exports, counts, events, context, answer };
}

const done = () => {};

test('the script names no key, and every start, whatever the arrivals', async () => {
  for (const arrivals of [constantArrivals(7), poissonArrivals(7)]) {
    const { scenario, processor } = await exported('gptimage15', { arrivals, maxTasks: 100 });
    expect(scenario + processor).not.toContain(KEY);
    expect(processor).toContain('process.env');
    const { config, scenarios } = parse(scenario);
    expect(config).toMatchObject({ target: BASE, processor: './load.cjs' });
    const starts = config.phases.reduce(
      (sum: number, phase: { arrivalCount?: number }) => sum + (phase.arrivalCount ?? 0),
      0,
    );
    expect(starts).toBe(100);
    expect(scenarios[0].flow[0].post.url).toBe('/base/api/generate');
    expect(scenarios[0].flow[1].loop[1].get.url).toBe('/base/api/status?task_id={{ taskId }}');
  }
});

test('phases keep pauses, stay few, and end with the duration', () => {
  const offsets = (...starts: number[]) => starts[Symbol.iterator]();
  expect(arrivalPhases(offsets(0, 500, 1000, 1500, 4200), 10, 60_000)).toEqual([
    { duration: 2, arrivalCount: 4 },
    { pause: 2 },
    { duration: 1, arrivalCount: 1 },
  ]);
  expect(arrivalPhases(offsets(0, 500, 1000), 10, 900)).toEqual([{ duration: 1, arrivalCount: 2 }]);
  const day = arrivalPhases(poissonArrivals(1).offsets({ next: createRng(1).next } as never), 86_400, 1e9);
  expect(day.length).toBeLessThanOrEqual(240);
  expect(() => arrivalPhases(offsets(0), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toThrow(UsageError);
});

test('waits are those of our own runs with the same seed', () => {
  expect(waitsTable(parsePolicy('fixed:250ms'), drawWait, { timeoutMs: 60_000 })).toEqual([[250]]);
  expect(waitsTable(parsePolicy('exponential:100ms,2,800ms'), drawWait, { timeoutMs: 60_000 })).toEqual([
    [100, 200, 400, 800],
  ]);
  const policy = parsePolicy('full-jitter:100ms,2,1s');
  const table = waitsTable(policy, drawWait, { timeoutMs: 60_000 });
  expect(table).toHaveLength(64);
  const expected = [1, 2, 3].map((poll) => Math.max(1, policy.delayMs(poll, { chance: drawWait(5, poll - 1) })));
  table[5]?.slice(0, 3).forEach((ms, index) => {
    expect(ms).toBeCloseTo(expected[index] ?? 0, 2);
  });
  expect(() => waitsTable({ ...policy, callback: true }, drawWait, { timeoutMs: 60_000 })).toThrow(/receiver of calls/);
  expect(() => waitsTable(parsePolicy('eta:1s'), drawWait, { timeoutMs: 60_000 })).toThrow(
    /eta:1000ms waits by the vendor's estimate/,
  );
});

test('a task is counted under the names of our report, once', async () => {
  const { hooks, counts, events, context, answer } = await loaded();
  process.env['PROOFSHEET_EXPORT_TEST_KEY'] = KEY;
  const request: { headers?: Record<string, string>; body?: string } = {};
  hooks['beforeSubmit']?.(request, context, events, done);
  delete process.env['PROOFSHEET_EXPORT_TEST_KEY'];
  expect(request.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
  expect(request.body).toContain('picture 1');
  hooks['afterSubmit']?.({}, answer(200, { task_id: 'n/1', status: 'IN_PROGRESS' }), context, events, done);
  expect(context.vars).toMatchObject({ taskId: 'n%2F1', task: { done: false, phase: 'running' } });
  hooks['afterPoll']?.({}, answer(200, { status: 'IN_PROGRESS' }), context, events, done);
  const now = () => performance.timeOrigin + performance.now();
  const before = now();
  hooks['afterPoll']?.({}, answer(429, {}, { 'retry-after': '7' }), context, events, done);
  expect(context.vars.task?.plannedAt).toBeGreaterThanOrEqual(before + 7000);
  expect(context.vars.task?.plannedAt).toBeLessThanOrEqual(now() + 7000);
  hooks['afterPoll']?.({}, answer(200, { status: 'SUCCESS' }, { 'x-proofsheet-ready-at': '0' }), context, events, done);
  hooks['onError']?.({ code: 'ECONNRESET' }, {}, context, events, done);
  expect(counts).toMatchObject({
    'tasks.started': 1,
    'tasks.succeeded': 1,
    'polls.total': 3,
    'polls.wasted': 1,
    'errors.poll 429': 1,
    'metrics.throttled': 1,
  });
  expect(counts).not.toHaveProperty('tasks.abandoned');
  expect(context.vars.task?.done).toBe(true);
});

test('a missing key, a refused submit and a status that nobody knows', async () => {
  const { hooks, counts, events, context, answer } = await loaded();
  expect(() => hooks['beforeSubmit']?.({}, context, events, done)).toThrow('set PROOFSHEET_EXPORT_TEST_KEY');
  Object.assign(context.vars, { task: { polls: 0, refusals: 0, done: false, plannedAt: 0, startedAt: 0 } });
  hooks['afterSubmit']?.({}, answer(503, {}), context, events, done);
  expect(counts).toMatchObject({ 'tasks.abandoned': 1, 'errors.submit 503': 1 });
  Object.assign(context.vars, { task: { polls: 0, refusals: 0, done: false, plannedAt: 0, startedAt: 0 } });
  hooks['afterPoll']?.({}, answer(200, { status: 'ODD' }), context, events, done);
  expect(counts['tasks.abandoned']).toBe(2);
});

test('a vendor without tasks has nothing to export', async () => {
  await expect(exported('apigo')).rejects.toThrow(/answers at once/);
});
