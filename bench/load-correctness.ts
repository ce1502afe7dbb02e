/**
 * Whether the percentiles of a load are true, over real sockets: `npm run bench:load-correctness`.
 * One server answers after a constant time, as exactly as its own timers are: for each run it tells itself how long it held
 * the requests of that run, and the run is held against that. Another stands still for one second in every five, so that
 * the true p90 and p99 of a request at any moment are 500 and 950 ms. Autocannon is asked the same, in a closed loop and
 * with a rate. The generators take turns, and of each figure the median over all rounds counts: one run may meet a bad
 * moment of the machine. A first round of all does not count: while the engine still compiles, one in a hundred answers is
 * read some milliseconds late, in every generator. A maximum is shown and not judged: it is one sample. Exits 1 where a percentile of ours is off by
 * more than 2 % (with stalls 5 %). BENCH_SECONDS (10, a whole number of stalls) per measurement, BENCH_ROUNDS (3).
 */
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { loadContract } from '../src/contract/load-contract.js';
import { fixed } from '../src/core/polling.js';
import { runLoad } from '../src/load/run-load.js';
import { collectWithoutHelpers } from '../src/platform/garbage.js';
import { pinClient, SERVER_CORE } from './support/pinning.js';
import { startServer } from './support/processes.js';

const STALL_MS = 1000;
const EVERY_MS = 5000;
const LATENCY_MS = 100;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const contract = await loadContract(fileURLToPath(new URL('../specs/gptimage15/openapi.yaml', import.meta.url)));

// As the command does: on one core helper threads would take it from what is measured.
pinClient();
collectWithoutHelpers();

const judged = ['p50', 'p90', 'p99'] as const;
const shown = [...judged, 'max'] as const;
type Figures = Readonly<Record<(typeof shown)[number], number>>;

interface Measured {
  readonly figures: Figures;
  /** What the server is asked for to compare: the same requests, without those of the warm-up. */
  readonly fromMs: number;
  /** Why the generator itself was too busy; such a round says nothing about its figures, and does not count. */
  readonly doubt?: string;
}

async function ours(origin: string, kind: 'submit' | 'poll'): Promise<Measured> {
  const startedAt = Date.now();
  const { latencyMs, generator } = await runLoad({
    contract,
    apiKey: 'sk-bench',
    baseUrl: origin,
    seed: 1,
    rate: 200,
    durationMs: seconds * 1000 + 2 * EVERY_MS,
    warmUpMs: EVERY_MS,
    // Submits alone are one request each at a planned moment, so that the plan covers all of the time evenly.
    ...(kind === 'submit' ? { policy: fixed(3_600_000) } : { policy: fixed(1000), maxTasks: 200 }),
  });
  const doubt = generator.valid ? {} : { doubt: generator.reasons?.join('; ') ?? 'too busy' };
  return { figures: latencyMs[kind], fromMs: startedAt + EVERY_MS, ...doubt };
}

async function cannon(origin: string, overallRate?: number): Promise<Measured> {
  const url = `${origin}/api/status?task_id=n36t1gptimg`;
  const rate = overallRate === undefined ? {} : { overallRate };
  const { latency } = await autocannon({ url, connections: 10, duration: seconds, ...rate });
  const { p50, p90, p99, max } = latency;
  return { figures: { p50, p90, p99, max }, fromMs: 0 };
}

interface Generator {
  readonly name: string;
  readonly isOurs: boolean;
  readonly method: 'GET' | 'POST';
  readonly measure: (origin: string) => Promise<Measured>;
}

const submits: Generator = {
  name: 'proofsheet, planned submits',
  isOurs: true,
  method: 'POST',
  measure: (origin) => ours(origin, 'submit'),
};
const polls: Generator = {
  name: 'proofsheet, polls of 200 tasks',
  isOurs: true,
  method: 'GET',
  measure: (origin) => ours(origin, 'poll'),
};
const cannons: readonly Generator[] = [
  { name: 'autocannon, closed loop', isOurs: false, method: 'GET', measure: (origin) => cannon(origin) },
  { name: 'autocannon, 200 requests a second', isOurs: false, method: 'GET', measure: (origin) => cannon(origin, 200) },
];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

interface Round {
  readonly figures: Figures;
  readonly truth: Figures;
  readonly doubt: string | undefined;
}

/** Medians over the rounds, and of how far each round is off what was true in it. Answers whether all are near enough. */
function show(name: string, all: readonly Omit<Round, 'doubt'>[], allowed: number): boolean {
  let near = true;
  const cells = shown.map((quantile) => {
    const value = median(all.map(({ figures }) => figures[quantile])).toFixed(1);
    const offs = all.flatMap(({ figures, truth }) =>
      truth[quantile] > 0 ? [figures[quantile] / truth[quantile] - 1] : [],
    );
    if (offs.length === 0 || quantile === 'max') return value.padStart(19);
    const off = median(offs);
    near &&= Math.abs(off) <= allowed;
    return `${value} (${off >= 0 ? '+' : ''}${(off * 100).toFixed(1)} %)`.padStart(19);
  });
  console.log(name.padEnd(34) + cells.join(''));
  return near;
}

/** With `truth` every generator is held against it, else against what the server itself did in the same run. */
async function compare(
  title: string,
  generators: readonly Generator[],
  args: readonly string[],
  allowed: number,
  truth?: Figures,
): Promise<void> {
  const server = await startServer('poll-server.ts', SERVER_CORE, ...args);
  const results = new Map<Generator, Round[]>(generators.map((generator) => [generator, []]));
  try {
    for (let round = 0; round <= rounds; round += 1)
      for (const [generator, all] of results) {
        const { figures, fromMs, doubt } = await generator.measure(server.origin);
        const asked = await fetch(`${server.origin}/held?from=${fromMs}&method=${generator.method}`);
        const held = (await asked.json()) as Figures;
        if (round > 0) all.push({ figures, truth: truth ?? held, doubt });
      }
  } finally {
    server.child.kill();
  }
  console.log(`\n${title}, medians of ${rounds} rounds`);
  console.log(' '.repeat(34) + shown.map((name) => `${name} ms`.padStart(19)).join(''));
  if (truth !== undefined) show('true', [{ figures: truth, truth: { p50: 0, p90: 0, p99: 0, max: 0 } }], allowed);
  for (const [{ name, isOurs }, all] of results) {
    const doubts = all.flatMap(({ doubt }) => doubt ?? []);
    const sound = all.filter(({ doubt }) => doubt === undefined);
    const counted = sound.length > 0 ? sound : all;
    if (truth === undefined)
      show(
        'the server itself meanwhile',
        counted.map((one) => ({ figures: one.truth, truth: one.truth })),
        1,
      );
    const near = show(name, counted, allowed);
    if (doubts.length > 0)
      console.log(`  the generator was too busy in ${doubts.length} of ${all.length} rounds: ${doubts[0]}`);
    if (!isOurs || (near && sound.length > 0)) continue;
    console.log(
      sound.length > 0 ? `  more than ${allowed * 100} % off` : '  no round counts: this machine is too busy',
    );
    process.exitCode = 1;
  }
}

await compare(
  `every answer takes ${LATENCY_MS} ms`,
  [submits, polls, ...cannons],
  ['--latency', String(LATENCY_MS)],
  0.02,
);

/** A request meets a stall with a chance of one in five, and then waits evenly between nothing and all of it. */
const stalled = (share: number) => Math.max(0, (1 - (1 - share) * (EVERY_MS / STALL_MS)) * STALL_MS);
const truth = { p50: stalled(0.5), p90: stalled(0.9), p99: stalled(0.99), max: STALL_MS };
const stall = ['--stall', String(STALL_MS), '--every', String(EVERY_MS)];
await compare('one second of every five without an answer', [submits, ...cannons], stall, 0.05, truth);
