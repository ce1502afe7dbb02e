/**
 * Tasks a minute and memory of the virtual driver, with all metrics on, at about eight polls a task:
 * `npm run bench:virtual`. Each size runs in a process of its own, so that memory is that of this size alone.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../src/contract/load-contract.js';
import { parsePolicy } from '../src/core/polling.js';
import { poissonArrivals } from '../src/load/arrivals/poisson.js';
import { runVirtual } from '../src/load/virtual/run-virtual.js';

const sizes = (process.env['BENCH_MILLIONS'] ?? '1,2,4,8').split(',').map((text) => Number(text) * 1e6);
const ratePerSecond = 1000;

async function measure(tasks: number): Promise<void> {
  const contract = await loadContract(fileURLToPath(new URL('../specs/evolink/openapi.yaml', import.meta.url)));
  const began = performance.now();
  const cpu = process.cpuUsage();
  const report = await runVirtual({
    contract,
    server: { latency: { kind: 'lognormal', p50Ms: 40, p99Ms: 200 }, failed: 0.02 },
    policy: parsePolicy('equal-jitter:2s,1.1,4s'),
    arrivals: poissonArrivals(ratePerSecond),
    tasks,
    seed: 1,
  });
  const wallS = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuS = (user + system) / 1e6;
  const cells = [
    tasks / 1e6,
    report.polls.perTask.mean.toFixed(2),
    wallS.toFixed(1),
    cpuS.toFixed(1),
    ((tasks / wallS) * 60e-6).toFixed(2),
    ((tasks / cpuS) * 60e-6).toFixed(2),
    Math.round(process.resourceUsage().maxRSS / 1024),
  ];
  console.log(cells.map((cell) => String(cell).padStart(14)).join(''));
}

const [size] = process.argv.slice(2);
if (size !== undefined) await measure(Number(size));
else {
  const heads = ['M tasks', 'polls/task', 'wall s', 'CPU s', 'M/min wall', 'M/min CPU', 'peak RSS MB'];
  console.log(heads.map((head) => head.padStart(14)).join(''));
  for (const tasks of sizes)
    spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), String(tasks)], {
      stdio: 'inherit',
    });
}
