/**
 * Runs the export of a load with Artillery itself, on this machine, and holds its figures against a run of ours:
 * `npm run verify:artillery [-- VENDOR [FOLDER]]`. Artillery is taken from the folder where it is installed already, else
 * installed into a temporary one; exit 3 where that is not possible.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '../src/core/polling.js';
import { resolveContract } from '../src/entry/contracts.js';
import { keyVariable, mockKey } from '../src/entry/keys.js';
import { startMock } from '../src/entry/mock.js';
import { constantArrivals } from '../src/load/arrivals/constant.js';
import { toArtillery } from '../src/load/export/artillery.js';
import { loadTarget } from '../src/load/load-target.js';
import { runLoad } from '../src/load/run-load.js';
import { run, temporaryFolder } from './run-command.js';

const [VENDOR = 'evolink', installed] = process.argv.slice(2);
const TASKS = 60;
const RATE = 10;
const POLICY = 'equal-jitter:100ms,1.5,400ms';
const COULD_NOT = 3;

interface Counters {
  readonly counters: Readonly<Record<string, number>>;
  readonly summaries: Readonly<Record<string, { readonly count: number; readonly mean: number; readonly p99: number }>>;
}

const INSTALL_MS = 600_000;
const RUN_MS = 180_000;

/** Undefined, after saying why, where Artillery cannot be had. */
async function installArtillery(): Promise<string | undefined> {
  const folder = temporaryFolder('proofsheet-artillery-');
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  // Its command line asks for any TypeScript, and finds no commands with one that has no JavaScript interface any more.
  const args = ['install', 'artillery@2.0.20', 'typescript@5.9', '--no-audit', '--no-fund', '--ignore-scripts'];
  try {
    await run('npm', args, { cwd: folder, timeoutMs: INSTALL_MS });
    return folder;
  } catch (error) {
    console.log(`Artillery cannot be installed here, so its export was not verified: ${(error as Error).message}`);
    return undefined;
  }
}

const engineFolder = installed ?? (await installArtillery());
if (engineFolder === undefined) process.exitCode = COULD_NOT;
else process.exitCode = (await verify(engineFolder)) ? 0 : 1;

async function verify(engineFolder: string): Promise<boolean> {
  const folder = temporaryFolder('proofsheet-export-');
  const mock = await startMock({ vendors: [VENDOR], speed: 20 });
  try {
    const contract = await resolveContract(VENDOR);
    const baseUrl = `${mock.origin}/${VENDOR}`;
    const apiKey = mockKey(VENDOR, 'test');
    const policy = parsePolicy(POLICY);
    const arrivals = constantArrivals(RATE);
    const { scenario, processor } = toArtillery({
      contract,
      target: loadTarget({ contract, baseUrl, apiKey }),
      policy,
      arrivals,
      seed: 1,
      maxTasks: TASKS,
      durationMs: Number.POSITIVE_INFINITY,
      timeoutMs: 60_000,
      keyVariable: keyVariable(VENDOR),
      processorFile: './load.cjs',
      processorTemplate: readFileSync(
        new URL('../src/load/export/artillery-processor.template.cjs', import.meta.url),
        'utf8',
      ),
    });
    writeFileSync(join(folder, 'load.yml'), scenario);
    writeFileSync(join(folder, 'load.cjs'), processor);
    if ((scenario + processor).includes(apiKey)) throw new Error('the export holds the key');
    process.env[keyVariable(VENDOR)] = apiKey;
    process.env['ARTILLERY_DISABLE_TELEMETRY'] = 'true';
    const bin = join(engineFolder, 'node_modules', 'artillery', 'bin', 'run');
    const args = [bin, 'run', '--output', 'report.json', 'load.yml'];
    await run(process.execPath, args, { cwd: folder, timeoutMs: RUN_MS });
    const theirs = (JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { aggregate: Counters }).aggregate;
    const ours = await runLoad({ contract, baseUrl, apiKey, seed: 1, tasks: TASKS, rate: RATE, arrivals, policy });
    return compare(theirs, ours);
  } finally {
    await mock.close();
  }
}

/** Counts must be equal; what depends on time may differ by so much. */
function compare({ counters, summaries }: Counters, ours: Awaited<ReturnType<typeof runLoad>>): boolean {
  const rows: readonly (readonly [string, number, number, number])[] = [
    ['tasks.started', counters['tasks.started'] ?? 0, ours.tasks.started, 0],
    ['tasks.succeeded', counters['tasks.succeeded'] ?? 0, ours.tasks.succeeded, 0],
    ['tasks.failed', counters['tasks.failed'] ?? 0, ours.tasks.failed, 0],
    ['tasks.abandoned', counters['tasks.abandoned'] ?? 0, ours.tasks.abandoned, 0],
    ['polls.total', counters['polls.total'] ?? 0, ours.polls.total, 0.1],
    ['polls.wasted', counters['polls.wasted'] ?? 0, ours.polls.wasted, 0.15],
    ['polls.perTask mean', summaries['polls.perTask']?.mean ?? 0, ours.polls.perTask.mean, 0.1],
    ['timeToDetectMs mean', summaries['timeToDetectMs']?.mean ?? 0, ours.timeToDetectMs?.mean ?? 0, 0.25],
    [
      'detection inflation mean',
      summaries['metrics.detectionInflation']?.mean ?? 0,
      ours.metrics?.detectionInflation?.mean ?? 0,
      0.15,
    ],
    ['latencyMs.submit count', summaries['latencyMs.submit']?.count ?? 0, ours.latencyMs.submit.count, 0],
  ];
  let same = true;
  console.log(`${'metric'.padEnd(26)}${'artillery'.padStart(12)}${'proofsheet'.padStart(12)}`);
  for (const [name, their, our, allowed] of rows) {
    const fits = Math.abs(their - our) <= allowed * Math.max(our, 1);
    same &&= fits;
    console.log(
      `${name.padEnd(26)}${their.toFixed(1).padStart(12)}${our.toFixed(1).padStart(12)}  ${fits ? '' : 'differs'}`,
    );
  }
  return same;
}
