/**
 * Sends hostile requests to the mock of every vendor: `npm run fuzz [-- --requests N] [-- --seed N --path P]`. Exits 1 at
 * the first answer that should not be, with the smallest request that gets it and what to say to see it again.
 */
import { parseArgs } from 'node:util';
import { fuzzMock } from '../test/fuzz/fuzz-mock.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    path: { type: 'string' },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];

/** Bytes in use once everything that can go has gone. */
function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** What the runtime itself may keep: compiled code, warm caches. */
const mostGrowth = 64 * 1024 * 1024;

console.log(`fuzz: seed ${seed}, ${requests} requests`);
// A first round fills what is filled once: compiled schemas, warm code.
await fuzzMock({ seed: seed + 1_000_000, requests: Math.min(500, requests) });
const before = heapUsed();
let told = 0;
const { sent, statuses, failure } = await fuzzMock({
  seed,
  requests,
  ...(values.path === undefined ? {} : { path: values.path }),
  onProgress(count) {
    if (count < told + 5_000) return;
    told = count;
    console.log(`fuzz: ${count} sent`);
  },
});
const grown = heapUsed() - before;
const table = [...statuses].toSorted(([one], [other]) => one - other);
console.log(`fuzz: ${sent} sent; ${table.map(([status, count]) => `${status || 'closed'}: ${count}`).join(', ')}`);
console.log(`fuzz: the heap grew by ${(grown / 1024 / 1024).toFixed(1)} MiB`);
if (failure !== undefined) {
  console.error(`fuzz: ${failure}\nfuzz: npm run fuzz -- --seed and --path as told above show it again`);
  process.exitCode = 1;
} else if (globalThis.gc !== undefined && grown > mostGrowth) {
  console.error('fuzz: memory did not return to its level');
  process.exitCode = 1;
}
