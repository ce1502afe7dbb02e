/**
 * Sends hostile requests at each vendor: `npm run fuzz [-- --requests N] [-- --vendor V] [-- --seed N --path P]`. Exits 1
 * at the first answer that should not be, with the smallest request that gets it and what to say to see it again, and
 * where memory does not return to its level.
 */
import { parseArgs } from 'node:util';
import { vendorIds } from '../specs/index.gen.js';
import { fuzzMock } from '../test/fuzz/fuzz-mock.js';
import { kinds } from '../test/fuzz/kinds.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    vendor: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    path: { type: 'string' },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
const wanted = vendorIds.filter((id) => values.vendor === undefined || id === values.vendor);

/** Bytes in use once everything that can go has gone. */
function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** What the runtime itself may keep: compiled code, warm caches. */
const mostGrowth = 16 * 1024 * 1024;

/** What is wrong; undefined where nothing is. */
async function fuzz(vendor: string): Promise<string | undefined> {
  let told = 0;
  const {
    sent,
    statuses,
    kinds: found,
    grown,
    failure,
  } = await fuzzMock({
    vendor,
    seed,
    requests,
    memory,
    warmUp: Math.min(1_000, requests),
    ...(values.path === undefined ? {} : { path: values.path }),
    onProgress(count) {
      if (count < told + 5_000) return;
      told = count;
      console.log(`fuzz: ${vendor}: ${count} sent`);
    },
  });
  const table = [...statuses].toSorted(([one], [other]) => one - other);
  console.log(
    `fuzz: ${vendor}: ${sent} sent; ${table.map(([status, count]) => `${status || 'closed'}: ${count}`).join(', ')}`,
  );
  console.log(`fuzz: ${vendor}: ${kinds.map((kind) => `${kind}: ${found.get(kind) ?? 0}`).join(', ')}`);
  if (failure !== undefined)
    return `${failure}\nfuzz: npm run fuzz -- --vendor ${vendor} --seed and --path as told above show it again`;
  console.log(
    `fuzz: ${vendor}: tasks before and after are there; the heap grew by ${(grown / 2 ** 20).toFixed(1)} MiB`,
  );
  const missing = kinds.filter((kind) => !found.has(kind));
  if (values.path === undefined && missing.length > 0) return `nothing was sent with ${missing.join(', ')}`;
  return globalThis.gc !== undefined && grown > mostGrowth ? 'memory did not return to its level' : undefined;
}

if (wanted.length === 0) {
  console.error(`fuzz: ${values.vendor} is no vendor: known are ${vendorIds.join(', ')}`);
  process.exitCode = 2;
}
for (const vendor of wanted) {
  console.log(`fuzz: ${vendor}: seed ${seed}, ${requests} requests`);
  const problem = await fuzz(vendor);
  if (problem === undefined) continue;
  console.error(`fuzz: ${vendor}: ${problem}`);
  process.exitCode = 1;
  break;
}
