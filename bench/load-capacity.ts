/**
 * What the real-time driver can send from one core, beside plain undici and autocannon: `npm run bench:load`.
 * The server (a bare node:http one) sits on core 0, each generator in turn on core 1. Undici and autocannon send as fast
 * as they can and keep no plan; the driver holds 50,000 tasks in flight and polls each on its own plan.
 * BENCH_SECONDS (8) per measurement, BENCH_RATES (10000,15200,20000) polls a second, BENCH_TASKS, BENCH_RAMP seconds.
 */
import type { Generated } from './support/generator.js';
import { canPin, runScript, startServer } from './support/processes.js';

const seconds = process.env['BENCH_SECONDS'] ?? '8';
const rates = (process.env['BENCH_RATES'] ?? '10000,15200,20000').split(',');
const tasks = process.env['BENCH_TASKS'] ?? '50000';
const ramp = process.env['BENCH_RAMP'] ?? '20';

if (!canPin) console.log('Processes are not pinned to cores here: the figures are less certain.');

const rows: { readonly name: string; readonly result: Generated }[] = [];

async function measure(name: string, mode: string, ...more: readonly string[]): Promise<void> {
  const server = await startServer('poll-server.ts', 0);
  try {
    const result = await runScript<Generated>('generator.ts', 1, mode, server.origin, seconds, ...more);
    if (result.perSecond === 0) {
      console.log(`${name}: so far behind its plan that nothing of the measured time was sent`);
      return;
    }
    rows.push({ name, result });
    const { perSecond, cpuMicros, inFlight, lateShare, p50, p99, errors } = result;
    const own =
      lateShare === undefined
        ? ''
        : `, ${inFlight} in flight, late ${(lateShare * 100).toFixed(2)} %, p50 ${p50} ms, p99 ${p99} ms, ${errors} errors`;
    console.log(`${name}: ${Math.round(perSecond)}/s, ${cpuMicros.toFixed(1)} µs of processor each${own}`);
  } finally {
    server.child.kill();
  }
}

await measure('undici, closed loop', 'undici');
await measure('autocannon, closed loop', 'autocannon');
for (const rate of rates) await measure(`proofsheet, planned ${rate}/s`, 'proofsheet', rate, tasks, ramp);

const yardstick = rows[0]?.result;
if (yardstick !== undefined)
  for (const { name, result } of rows.slice(1)) {
    const cpu = (result.cpuMicros / yardstick.cpuMicros).toFixed(2);
    console.log(`${name}: ${(result.perSecond / yardstick.perSecond).toFixed(2)} of undici's rate, ${cpu} of its cost`);
  }
const even = rows.filter(({ result }) => result.lateShare !== undefined && result.lateShare < 0.01);
const best = Math.max(0, ...even.map(({ result }) => result.perSecond));
console.log(`Even pacing (late starts under 1 %) up to ${Math.round(best)} polls a second.`);
