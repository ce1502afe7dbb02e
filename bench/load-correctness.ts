/**
 * Whether the percentiles of a load are true, over real sockets: `npm run bench:load-correctness`.
 * One server answers after a constant time, as exactly as its own timers are: what it measured itself stands beside. Another stands still for one second in every five, so that the true p90
 * and p99 of a request at any moment are 500 and 950 ms. Autocannon is asked the same, in a closed loop and with a rate.
 * BENCH_SECONDS (20, a whole number of stalls) per measurement.
 */
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { loadContract } from '../src/contract/load-contract.js';
import { fixed } from '../src/core/polling.js';
import { runLoad } from '../src/load/run-load.js';
import { startServer } from './support/processes.js';

const STALL_MS = 1000;
const EVERY_MS = 5000;
const LATENCY_MS = 100;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 20);
const contract = await loadContract(fileURLToPath(new URL('../specs/gptimage15/openapi.yaml', import.meta.url)));

const quantiles = ['p50', 'p90', 'p99', 'max'] as const;
type Figures = Readonly<Record<(typeof quantiles)[number], number>>;

function show(name: string, figures: Figures, truth?: Figures): void {
  const cells = quantiles.map((quantile) => {
    const off = truth === undefined || truth[quantile] === 0 ? undefined : figures[quantile] / truth[quantile] - 1;
    const shown = off === undefined ? '' : ` (${off >= 0 ? '+' : ''}${(off * 100).toFixed(1)} %)`;
    return `${figures[quantile].toFixed(1)}${shown}`.padStart(19);
  });
  console.log(name.padEnd(34) + cells.join(''));
}

/** Submits only: each is one request at a planned moment, so that the plan covers all of the time evenly. */
async function ours(origin: string): Promise<Figures> {
  const { latencyMs, generator } = await runLoad({
    contract,
    apiKey: 'sk-bench',
    baseUrl: origin,
    seed: 1,
    rate: 200,
    durationMs: seconds * 1000 + 2 * EVERY_MS,
    warmUpMs: EVERY_MS,
    // Never asked for: the run is over before.
    policy: fixed(3_600_000),
  });
  if (!generator.valid) console.log(`  (generator: ${generator.reasons?.join('; ')})`);
  return latencyMs.submit;
}

async function ourPolls(origin: string): Promise<Figures> {
  const { latencyMs, generator } = await runLoad({
    contract,
    apiKey: 'sk-bench',
    baseUrl: origin,
    seed: 1,
    rate: 200,
    maxTasks: 200,
    durationMs: seconds * 1000 + 2 * EVERY_MS,
    warmUpMs: EVERY_MS,
    policy: fixed(1000),
  });
  if (!generator.valid) console.log(`  (generator: ${generator.reasons?.join('; ')})`);
  return latencyMs.poll;
}

async function cannon(origin: string, overallRate?: number): Promise<Figures> {
  const url = `${origin}/api/status?task_id=n36t1gptimg`;
  const rate = overallRate === undefined ? {} : { overallRate };
  const { latency } = await autocannon({ url, connections: 10, duration: seconds, ...rate });
  return { p50: latency.p50, p90: latency.p90, p99: latency.p99, max: latency.max };
}

type Measure = (origin: string) => Promise<Figures>;

const generators: Readonly<Record<string, Measure>> = {
  'proofsheet, planned submits': ours,
  'proofsheet, polls of 200 tasks': ourPolls,
  'autocannon, closed loop': cannon,
  'autocannon, 200 requests a second': (origin) => cannon(origin, 200),
};

/** With `truth` every generator is held against it, else against what the server itself measured meanwhile. */
async function compare(title: string, names: readonly string[], args: readonly string[], truth?: Figures) {
  const server = await startServer('poll-server.ts', 0, ...args);
  try {
    console.log(`\n${title}\n${' '.repeat(34)}${quantiles.map((name) => `${name} ms`.padStart(19)).join('')}`);
    if (truth !== undefined) show('true', truth);
    for (const name of names) {
      const figures = await (generators[name] ?? cannon)(server.origin);
      const held = truth ?? ((await (await fetch(`${server.origin}/held`)).json()) as Figures);
      if (truth === undefined) show('the server itself', held);
      show(name, figures, held);
    }
  } finally {
    server.child.kill();
  }
}

await compare(`every answer takes ${LATENCY_MS} ms`, Object.keys(generators), ['--latency', String(LATENCY_MS)]);

/** A request meets a stall with a chance of one in five, and then waits evenly between nothing and all of it. */
const stalled = (share: number) => Math.max(0, (1 - (1 - share) * (EVERY_MS / STALL_MS)) * STALL_MS);
const truth = { p50: stalled(0.5), p90: stalled(0.9), p99: stalled(0.99), max: STALL_MS };
const stall = ['--stall', String(STALL_MS), '--every', String(EVERY_MS)];
const planned = Object.keys(generators).filter((name) => !name.includes('polls'));
await compare('one second of every five without an answer', planned, stall, truth);
