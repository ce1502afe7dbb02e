/**
 * One generator of load in a process of its own, so that its processor time is its own:
 * `tsx bench/support/generator.ts undici|autocannon|proofsheet ORIGIN SECONDS [POLLS_PER_SECOND TASKS RAMP_SECONDS]`.
 * Prints one line of JSON.
 */
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { Pool } from 'undici';
import { loadContract } from '../../src/contract/load-contract.js';
import { fixed } from '../../src/core/polling.js';
import { runLoad } from '../../src/load/run-load.js';

/** What a generator managed; `cpuMicros` is its processor time per request. */
export interface Generated {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly inFlight?: number;
  readonly lateShare?: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly errors?: number;
}

const CONNECTIONS = 64;
const KEY = 'sk-bench';
const [mode = '', origin = '', seconds = '5', rate = '15000', tasks = '50000', ramp = '20'] = process.argv.slice(2);
const durationMs = Number(seconds) * 1000;

async function undici(): Promise<number> {
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const headers = { authorization: `Bearer ${KEY}`, accept: 'application/json' };
  let requests = 0;
  const endAt = performance.now() + durationMs;
  const ask = async () => {
    while (performance.now() < endAt) {
      const { body } = await pool.request({ method: 'GET', path: '/api/status?task_id=n36t1gptimg', headers });
      await body.text();
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  await pool.destroy();
  return requests;
}

async function cannon(): Promise<number> {
  const url = `${origin}/api/status?task_id=n36t1gptimg`;
  const headers = { authorization: `Bearer ${KEY}`, accept: 'application/json' };
  const { requests } = await autocannon({ url, headers, connections: CONNECTIONS, duration: durationMs / 1000 });
  return requests.total;
}

/** All tasks are started during the ramp, which is left out; then they are only polled. */
async function proofsheet() {
  const contract = await loadContract(fileURLToPath(new URL('../../specs/gptimage15/openapi.yaml', import.meta.url)));
  const intervalMs = (Number(tasks) * 1000) / Number(rate);
  // Tasks that arrive evenly over whole intervals are polled evenly, too; else every interval has its own rush hour.
  const rampMs = intervalMs * Math.max(1, Math.round((Number(ramp) * 1000) / intervalMs));
  const policy = fixed(intervalMs);
  let inFlight = 0;
  let cpu = process.cpuUsage();
  let measuring = false;
  const report = await runLoad({
    contract,
    apiKey: KEY,
    baseUrl: origin,
    seed: 1,
    rate: (Number(tasks) * 1000) / rampMs,
    maxTasks: Number(tasks),
    durationMs: rampMs + durationMs,
    warmUpMs: rampMs,
    policy,
    onEvent: (event) => {
      if (event.type !== 'progress') return;
      // At the end the tasks are counted off one by one.
      inFlight = Math.max(inFlight, event.live.inFlight);
      if (measuring || event.elapsedMs < rampMs) return;
      measuring = true;
      cpu = process.cpuUsage();
    },
  });
  const { user, system } = process.cpuUsage(cpu);
  const { total } = report.polls;
  return {
    perSecond: (total * 1000) / durationMs,
    cpuMicros: (user + system) / total,
    inFlight,
    lateShare: report.generator.lateStarts / total,
    p50: report.latencyMs.poll.p50,
    p99: report.latencyMs.poll.p99,
    errors: Object.values(report.errors).reduce((sum, count) => sum + count, 0),
  } satisfies Generated;
}

async function closedLoop(run: () => Promise<number>): Promise<Generated> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const requests = await run();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (requests * 1000) / (performance.now() - startedAt), cpuMicros: (user + system) / requests };
}

const modes: Readonly<Record<string, () => Promise<Generated>>> = {
  undici: () => closedLoop(undici),
  autocannon: () => closedLoop(cannon),
  proofsheet,
};
const run = modes[mode];
if (run === undefined) throw new Error(`unknown generator ${mode}: use ${Object.keys(modes).join(', ')}`);
console.log(JSON.stringify(await run()));
