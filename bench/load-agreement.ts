/**
 * One scenario over real sockets against the mock, and the same simulated: `npm run bench:agreement`. Takes about half a
 * minute; exits 1 where a figure is more than 5 % apart.
 */
import { fileURLToPath } from 'node:url';
import { loadContract } from '../src/contract/load-contract.js';
import type { LoadReport } from '../src/core/load-report.js';
import { parsePolicy } from '../src/core/polling.js';
import { mockKey } from '../src/entry/keys.js';
import { startMock } from '../src/entry/mock.js';
import { poissonArrivals } from '../src/load/arrivals/poisson.js';
import { runLoad } from '../src/load/run-load.js';
import { runVirtual } from '../src/load/virtual/run-virtual.js';

const vendor = 'evolink';
const rate = 40;
const contract = await loadContract(fileURLToPath(new URL(`../specs/${vendor}/openapi.yaml`, import.meta.url)));
const common = { contract, policy: parsePolicy('equal-jitter:500ms,1.3,3s'), arrivals: poissonArrivals(rate), seed: 1 };

const mock = await startMock({ vendors: [vendor], apiKeys: [`${mockKey(vendor, 'test')}=1000000`] });
const real = await runLoad({
  ...common,
  baseUrl: mock.vendors[vendor] ?? '',
  apiKey: mockKey(vendor, 'test'),
  rate,
  tasks: 800,
}).finally(() => mock.close());
// The wire is not what is compared: the model gets the latency that was measured, which depends on how busy this machine is.
const { p50: p50Ms, p99: p99Ms } = real.latencyMs.poll;
const latency = { kind: 'lognormal', p50Ms, p99Ms: Math.max(p99Ms, p50Ms) } as const;
const virtual = await runVirtual({ ...common, server: { latency }, tasks: 40_000 });

const figures: Record<string, (report: LoadReport) => number | null | undefined> = {
  'time to detect, mean ms': ({ timeToDetectMs }) => timeToDetectMs?.mean,
  'time to detect, p90 ms': ({ timeToDetectMs }) => timeToDetectMs?.p90,
  'polls a task': ({ polls }) => polls.perTask.mean,
  'waste ratio': ({ metrics }) => metrics?.wasteRatio,
  'detection inflation': ({ metrics }) => metrics?.detectionInflation?.mean,
  'cost per finished task': ({ metrics }) => metrics?.costPerCompletedTask,
};
console.log(`${''.padEnd(26)}${'real'.padStart(12)}${'virtual'.padStart(12)}${'apart'.padStart(9)}`);
console.log(
  `poll latency, real: p50 ${real.latencyMs.poll.p50} ms, p99 ${real.latencyMs.poll.p99} ms; generator ${real.generator.valid ? 'healthy' : 'too busy'}`,
);
for (const [name, read] of Object.entries(figures)) {
  const [one, other] = [read(real) ?? Number.NaN, read(virtual) ?? Number.NaN];
  const apart = Math.abs(other / one - 1);
  if (!(apart <= 0.05)) process.exitCode = 1;
  console.log(
    `${name.padEnd(26)}${one.toFixed(3).padStart(12)}${other.toFixed(3).padStart(12)}${`${(apart * 100).toFixed(1)} %`.padStart(9)}`,
  );
}
