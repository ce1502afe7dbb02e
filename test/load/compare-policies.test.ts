import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { exponential, fixed, quantileGuided, serverGuided, webhook } from '../../src/core/polling.js';
import { parseArrivals } from '../../src/load/arrivals.js';
import { comparePolicies } from '../../src/load/compare-policies.js';
import { loadScenarios, scenarioNamed } from '../../src/load/scenarios/named.js';
import { usualServer } from '../../src/load/scenarios/scenario.js';
import { runVirtual } from '../../src/load/virtual/run-virtual.js';
import { comparisonToConsole } from '../../src/report/comparison-console.js';
import { contractOf } from '../client/fake-vendor.js';

const vendors = ['apigo', 'apimart', 'evolink', 'gptimage15'];
const contracts = new Map(await Promise.all(vendors.map(async (id) => [id, await contractOf(id)] as const)));
const contract = await contractOf('evolink');

test.each(loadScenarios.flatMap(({ id }) => vendors.map((vendor) => [id, vendor] as const)))(
  'the scenario %s runs for %s',
  async (id, vendor) => {
    const given = contracts.get(vendor);
    if (given === undefined) throw new Error(vendor);
    const { server, arrivals, rate, stages, askAgain } = scenarioNamed(id);
    const report = await runVirtual({
      contract: given,
      server,
      policy: serverGuided(),
      arrivals: await parseArrivals(arrivals, rate),
      maxTasks: 300,
      tasks: 300,
      seed: 2,
      scenario: id,
      ...(stages === undefined ? {} : { stages }),
      ...(askAgain === undefined ? {} : { askAgain }),
    });
    expect(report).toMatchObject({ driver: 'virtual', scenario: id, vendor, tasks: { started: 300 } });
    expect(report.stages?.length).toBe(stages?.length);
  },
);

test('an unknown scenario is told the nearest', () => {
  expect(() => scenarioNamed('outrage')).toThrow(UsageError);
  expect(() => scenarioNamed('outrage')).toThrow(/did you mean outage\? Known are steady, burst, outage/);
});

test('a comparison finds the front, and recommends from it for the same tasks', async () => {
  const arrivals = await parseArrivals('poisson', 10);
  const compare = (policies: Parameters<typeof comparePolicies>[0]['policies']) =>
    comparePolicies({
      vendor: 'evolink',
      target: 'modelled',
      seed: 3,
      policies,
      run: (policy) => runVirtual({ contract, server: usualServer, policy, arrivals, tasks: 3000, seed: 3 }),
    });
  const asking = [
    fixed(500),
    fixed(5000),
    exponential(1000, 2, 60_000),
    quantileGuided({ p50Ms: 11_600, p99Ms: 40_000 }),
  ];
  const { rows, recommended, tasks } = await compare(asking);
  expect(tasks).toBe(3000);
  const row = (name: string) => rows.find(({ policy }) => policy.startsWith(name));
  expect(row('fixed:500ms')).toMatchObject({ onFront: true });
  expect(row('quantile')).toMatchObject({ onFront: true });
  // Growing without need: later and more often than asking when tasks are likely done.
  expect(row('exponential')).toMatchObject({ onFront: false });
  expect(recommended.policy).toBe(row('quantile')?.policy);
  for (const { onFront, pollsPerTask, timeToDetectMs } of rows) {
    const beaten = rows.some(
      (other) => other.pollsPerTask < pollsPerTask && other.timeToDetectMs.mean < timeToDetectMs.mean,
    );
    expect(onFront).toBe(!beaten);
  }
  const called = await compare([...asking, webhook(60_000)]);
  expect(called.recommended.policy).toBe('webhook:60000ms');
  expect(called.recommended.reason).toContain(`Where nobody can be called back, take ${recommended.policy}`);
  const text = comparisonToConsole(called, { color: false });
  expect(text).toMatch(/^\* webhook:60000ms/m);
  expect(text).toMatch(/^ {2}exponential/m);
  expect(text).toContain('RECOMMENDED: webhook:60000ms, because');
});

test('an interrupt keeps the policies that were measured whole, and nobody compares what saw no end', async () => {
  const contract = await contractOf('evolink');
  const arrivals = await parseArrivals('poisson', 10);
  const controller = new AbortController();
  const started: string[] = [];
  const compare = (timeoutMs: number, signal?: AbortSignal) =>
    comparePolicies({
      vendor: 'evolink',
      target: 'modelled',
      seed: 3,
      policies: [fixed(500), fixed(700), fixed(900)],
      ...(signal === undefined ? {} : { signal }),
      run: (policy) => {
        started.push(policy.name);
        if (signal !== undefined && started.length === 2) controller.abort();
        const stop = signal === undefined ? {} : { signal };
        return runVirtual({ contract, server: usualServer, policy, arrivals, tasks: 300, seed: 3, timeoutMs, ...stop });
      },
    });
  const { rows } = await compare(600_000, controller.signal);
  expect(started).toEqual(['fixed:500ms', 'fixed:700ms']);
  expect(rows.map(({ policy }) => policy)).toEqual(['fixed:500ms']);
  await expect(compare(1000)).rejects.toThrow(/With the policy fixed:500ms no task was seen to end/);
});

test('a policy that waits for calls is refused where the vendor makes none', async () => {
  const silent = await contractOf('apigo');
  const run = runVirtual({
    contract: silent,
    server: usualServer,
    policy: webhook(1000),
    arrivals: await parseArrivals('constant', 1),
    tasks: 1,
    seed: 1,
  });
  await expect(run).rejects.toThrow(/does not call back/);
});
