/**
 * How long a process takes to start, do one small thing and end, beside a bare `node -e 0`: `npm run bench:start-up`.
 * Whole processes in alternating rounds, so that a busy moment of the machine hits all of them; what counts are medians.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from '../scripts/build-output.js';
import { vendorIds } from '../specs/index.gen.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15);
const MOST_ABOVE_BARE_MS = 100;
const MOST_TIMES_BARE = 4;

const main = join(dist, 'src/cli/main.js');
const contracts = pathToFileURL(join(dist, 'src/entry/contracts.js')).href;
if (!existsSync(main)) throw new Error('There is no build to measure: npm run build');

/** Loads a shipped contract and holds one request body against it, which compiles the validator. */
const validateOne = (vendor: string) => `
  const { resolveContract } = await import(${JSON.stringify(contracts)});
  const contract = await resolveContract(${JSON.stringify(vendor)});
  const schema = Object.values(contract.submit.request)[0];
  if (contract.violations(schema, { prompt: 7 }).length === 0) process.exit(9);
`;

interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  readonly isMet: (ms: number, bareMs: number) => boolean;
}

const subjects: readonly Subject[] = [
  { name: 'node -e 0', args: ['-e', '0'], isMet: () => true },
  { name: 'proofsheet --help', args: [main, '--help'], isMet: (ms, bare) => ms <= MOST_TIMES_BARE * bare },
  ...vendorIds.map((vendor) => ({
    name: `${vendor}: contract and one body`,
    args: ['--input-type=module', '--eval', validateOne(vendor)],
    isMet: (ms: number, bare: number) => ms - bare <= MOST_ABOVE_BARE_MS,
  })),
];

function wallMs({ name, args }: Subject): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString()}`);
  return ms;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const times = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
// The first round only warms the file cache.
for (let round = 0; round <= rounds; round += 1)
  for (const [subject, measured] of times) {
    const ms = wallMs(subject);
    if (round > 0) measured.push(ms);
  }

const [bareTimes = []] = times.values();
const bare = median(bareTimes);
for (const [{ name, isMet }, measured] of times) {
  const ms = median(measured);
  const beside = `${(ms - bare).toFixed(0).padStart(4)} ms above, ${(ms / bare).toFixed(2)} times bare`;
  const range = `${Math.min(...measured).toFixed(0)} to ${Math.max(...measured).toFixed(0)}`;
  console.log(
    `${name.padEnd(36)} ${ms.toFixed(0).padStart(4)} ms (${range.padEnd(10)})  ${beside}${isMet(ms, bare) ? '' : '  MISSED'}`,
  );
  if (!isMet(ms, bare)) process.exitCode = 1;
}
console.log(`Medians of ${rounds} rounds on Node ${process.version}.`);
