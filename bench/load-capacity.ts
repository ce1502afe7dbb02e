/**
 * What `proofsheet load` sends from one core, beside plain undici and autocannon: `npm run bench:load`.
 * The server (a bare node:http one) sits on core 0, each generator in turn on core 1, with all of its threads. Undici and
 * autocannon send as fast as they can and keep no plan; ours, the built command, holds 50,000 tasks in flight and polls
 * each on its own plan. BENCH_ROUNDS (5) rounds, all in turn, of BENCH_SECONDS (8) per measurement at BENCH_RATES
 * (10000,15200) polls a second, with BENCH_TASKS (50000) that start in BENCH_RAMP (20) seconds.
 */
import { median, spread } from './support/figures.js';
import type { Generated } from './support/generator.js';
import { type Paced, runLoadCommand } from './support/load-command.js';
import { CLIENT_CORE, canPin, SERVER_CORE } from './support/pinning.js';
import { runScript, startServer } from './support/processes.js';

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const rounds = number('BENCH_ROUNDS', 5);
const seconds = number('BENCH_SECONDS', 8);
const rates = (process.env['BENCH_RATES'] ?? '10000,15200').split(',').map(Number);
const tasks = number('BENCH_TASKS', 50_000);
const rampSeconds = number('BENCH_RAMP', 20);
const MOST_LATE = 0.01;

async function withServer<Result>(measure: (origin: string) => Promise<Result>): Promise<Result> {
  const server = await startServer('poll-server.ts', SERVER_CORE);
  try {
    return await measure(server.origin);
  } finally {
    server.child.kill();
  }
}

const closedLoop = (mode: string) =>
  withServer((origin) => runScript<Generated>('generator.ts', CLIENT_CORE, mode, origin, String(seconds)));

const paced = (pollsPerSecond: number) =>
  withServer((origin) => runLoadCommand(CLIENT_CORE, { origin, pollsPerSecond, tasks, rampSeconds, seconds }));

if (!canPin) console.log('Processes are not pinned to cores here: the figures are less certain.');
const undici: Generated[] = [];
const autocannon: Generated[] = [];
const ours = new Map<number, Paced[]>(rates.map((rate) => [rate, []]));
for (let round = 1; round <= rounds; round += 1) {
  console.log(`round ${round} of ${rounds}`);
  for (const [name, results] of [
    ['undici', undici],
    ['autocannon', autocannon],
  ] as const) {
    const result = await closedLoop(name);
    results.push(result);
    console.log(
      `  ${name}, closed loop: ${Math.round(result.perSecond)}/s, ${result.cpuMicros.toFixed(1)} µs of processor each`,
    );
  }
  for (const [rate, results] of ours) {
    const result = await paced(rate);
    results.push(result);
    const { perSecond, cpuMicros, inFlight, lateShare, p50, p99, errors } = result;
    console.log(
      `  proofsheet, planned ${rate}/s: ${Math.round(perSecond)}/s, ${cpuMicros.toFixed(1)} µs each, ${inFlight} in flight, ` +
        `late ${(lateShare * 100).toFixed(2)} %, p50 ${p50} ms, p99 ${p99} ms, ${errors} errors`,
    );
  }
}

const ofUndici = (results: readonly Generated[], figure: keyof Generated) =>
  spread(results.map((result, round) => result[figure] / (undici[round]?.[figure] ?? Number.NaN)));
console.log(
  `autocannon: ${ofUndici(autocannon, 'perSecond')} of undici's rate, ${ofUndici(autocannon, 'cpuMicros')} of its cost`,
);
for (const [rate, results] of ours) {
  const late = results.map(({ lateShare }) => lateShare * 100);
  const even = results.filter(({ lateShare }) => lateShare < MOST_LATE).length;
  console.log(
    `planned ${rate}/s: ${Math.round(median(results.map(({ perSecond }) => perSecond)))}/s sent, ` +
      `${ofUndici(results, 'cpuMicros')} of undici's cost, late ${spread(late)} %, less than 1 % in ${even} of ${rounds} rounds`,
  );
}
