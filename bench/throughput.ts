/**
 * Poll and submit throughput of the mock beside a bare node:http server, in one run: `npm run bench`.
 * Rounds alternate, the servers sit on core 0 and the client on core 1, and what counts is the median of the ratios.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pollThroughput, submitThroughput, type Target } from './support/saturate.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const canPin = process.platform === 'linux' && cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0;

function start(script: string): Promise<{ origin: string; child: ChildProcess }> {
  const file = fileURLToPath(new URL(`support/${script}`, import.meta.url));
  const [command = 'node', ...args] = [
    ...(canPin ? ['taskset', '-c', '0'] : []),
    process.execPath,
    '--import',
    'tsx',
    file,
  ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) => resolve({ origin: line.toString().trim(), child }));
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function cpuSeconds(pid: number | undefined): number {
  const result = spawnSync('ps', ['-o', 'cputimes=', '-p', String(pid)]);
  return Number(result.stdout.toString().trim());
}

async function compare(
  name: string,
  measure: (target: Target, seconds: number) => Promise<number>,
  bare: Target,
  mock: Target,
): Promise<void> {
  await measure(bare, 1);
  await measure(mock, 1);
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const one = await measure(bare, seconds);
    const other = await measure(mock, seconds);
    ratios.push(other / one);
    console.log(
      `${name} round ${round}: bare ${Math.round(one)}/s, mock ${Math.round(other)}/s, ratio ${(other / one).toFixed(2)}`,
    );
  }
  console.log(
    `${name}: median ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
}

if (canPin) spawnSync('taskset', ['-cp', '1', String(process.pid)]);
else console.log('Processes are not pinned to cores here: the ratio is less certain.');

const servers = [await start('bare-server.ts'), await start('mock-server.ts')];
const [bare, mock] = servers.map(({ origin }, index) => ({ name: index === 0 ? 'bare' : 'mock', origin }));
try {
  if (bare === undefined || mock === undefined) throw new Error('a server did not start');
  const before = cpuSeconds(servers[1]?.child.pid);
  const began = performance.now();
  await compare('poll', pollThroughput, bare, mock);
  await compare('submit', submitThroughput, bare, mock);
  const busy = cpuSeconds(servers[1]?.child.pid) - before;
  // Half of the time belongs to the other server, so a saturated one has used about half of the whole.
  console.log(`The mock used ${busy} s of processor in ${Math.round((performance.now() - began) / 1000)} s of run.`);
} finally {
  for (const { child } of servers) child.kill();
}
