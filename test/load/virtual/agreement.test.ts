/** One scenario, once over the real driver against the mock (in process, its clock virtual), once simulated. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadReport } from '../../../src/core/load-report.js';
import { equalJitter, etaGuided, fixed, type PollingPolicy } from '../../../src/core/polling.js';
import { mockKey } from '../../../src/entry/keys.js';
import { createMock } from '../../../src/entry/mock.js';
import { poissonArrivals } from '../../../src/load/arrivals/poisson.js';
import { runLoad } from '../../../src/load/run-load.js';
import { runVirtual } from '../../../src/load/virtual/run-virtual.js';
import type { ServerModel } from '../../../src/load/virtual/server-model.js';
import { createVirtualClock } from '../../../src/platform/virtual-clock.js';
import { contractOf } from '../../client/fake-vendor.js';
import { clockInside } from '../../support/in-process.js';
import { engineTransport } from '../engine-transport.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agreement-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tasks = 800;
/** So many that the simulation's own scatter is no part of the comparison. */
const simulatedTasks = 20_000;
const seed = 7;
const arrivals = poissonArrivals(5);

interface Case {
  readonly vendor: string;
  readonly policy: PollingPolicy;
  /** As in a scenario file of the mock. */
  readonly scenario: unknown;
  readonly server: Omit<ServerModel, 'latency'>;
}

async function overMock({ vendor, policy, scenario }: Case): Promise<LoadReport> {
  const file = join(folder, `${vendor}-${policy.name.replaceAll(/\W/g, '-')}.json`);
  await writeFile(file, JSON.stringify(scenario));
  const clock = createVirtualClock();
  const { engine } = await createMock({
    vendors: [vendor],
    clock: clockInside(clock),
    scenario: file,
    apiKeys: [`${mockKey(vendor, 'test')}=1000000`],
  });
  return clock.run(async () =>
    runLoad({
      contract: await contractOf(vendor),
      baseUrl: `http://127.0.0.1:4010/${vendor}`,
      apiKey: mockKey(vendor, 'test'),
      transport: engineTransport(engine),
      clock,
      rate: 5,
      arrivals,
      tasks,
      policy,
      seed,
    }),
  );
}

// Evenly spread: the mean of a heavy tail over a few hundred tasks is itself chance.
const slow = { running: { uniform: ['7s', '12s'] }, queued: { uniform: ['1s', '3s'] } };
const slowTiming = {
  running: { kind: 'uniform', minMs: 7000, maxMs: 12_000 },
  queued: { kind: 'uniform', minMs: 1000, maxMs: 3000 },
} as const;

const cases: readonly Case[] = [
  { vendor: 'evolink', policy: fixed(1500), scenario: {}, server: {} },
  { vendor: 'apimart', policy: etaGuided(700), scenario: { timing: [slow] }, server: { timing: [slowTiming] } },
  {
    vendor: 'gptimage15',
    policy: equalJitter(500, 1.5, 4000),
    scenario: { timing: [slow], limits: { submit: { perSecond: 36, burst: 20 }, shared: true } },
    server: { timing: [slowTiming], limits: { submit: { perSecond: 36, burst: 20 }, shared: true } },
  },
];

test.each(cases)('$vendor with $policy.name is simulated as it runs', async (given) => {
  const real = await overMock(given);
  const virtual = await runVirtual({
    contract: await contractOf(given.vendor),
    server: { latency: { kind: 'fixed', ms: 0 }, ...given.server },
    policy: given.policy,
    arrivals,
    tasks: simulatedTasks,
    seed,
  });
  const near = (one: number | null | undefined, other: number | null | undefined, least = 0) =>
    expect(Math.abs((one ?? -1) - (other ?? -1))).toBeLessThanOrEqual(Math.max(least, 0.05 * Math.abs(other ?? 0)));
  expect(real.tasks.started).toBe(tasks);
  near(virtual.tasks.succeeded / simulatedTasks, real.tasks.succeeded / tasks);
  near(virtual.timeToDetectMs?.mean, real.timeToDetectMs?.mean);
  near(virtual.polls.perTask.mean, real.polls.perTask.mean);
  near(virtual.metrics?.wasteRatio, real.metrics?.wasteRatio);
  near(virtual.metrics?.detectionInflation?.mean, real.metrics?.detectionInflation?.mean);
  near(virtual.metrics?.costPerCompletedTask, real.metrics?.costPerCompletedTask);
  // A few refusals more or less are chance; a rate that is off is not.
  near(virtual.metrics?.throttledShare, real.metrics?.throttledShare, 0.02);
});
