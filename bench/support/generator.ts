/**
 * A generator that sends as fast as it can, in a process of its own, so that its processor time is its own:
 * `tsx bench/support/generator.ts undici|autocannon ORIGIN SECONDS`. Prints one line of JSON.
 */
import autocannon from 'autocannon';
import { Pool } from 'undici';

/** What a generator managed; `cpuMicros` is its processor time per request. */
export interface Generated {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

const CONNECTIONS = 64;
const KEY = 'sk-bench';
const [mode = '', origin = '', seconds = '5'] = process.argv.slice(2);
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
};
const run = modes[mode];
if (run === undefined) throw new Error(`unknown generator ${mode}: use ${Object.keys(modes).join(', ')}`);
console.log(JSON.stringify(await run()));
