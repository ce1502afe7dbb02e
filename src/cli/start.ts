/**
 * The main job, `npm start`: every vendor mocked, checked and loaded on this machine, with what a person can open left
 * in `reports/`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckReport } from '../core/check-report.js';
import { formatDuration } from '../core/duration.js';
import { ProofsheetError } from '../core/errors.js';
import { exitCodes } from '../core/exit-codes.js';
import type { LoadReport } from '../core/load-report.js';
import { fixed } from '../core/polling.js';
import { generate } from '../entry/client.js';
import { check } from '../entry/conformance.js';
import { resolveContract } from '../entry/contracts.js';
import { mockKey } from '../entry/keys.js';
import { runLoad } from '../load/run-load.js';
import { systemClock } from '../platform/clock.js';
import { checkFormats, loadFormats } from '../report/formats.js';
import { overviewToHtml } from '../report/overview-html.js';
import { interruptSignal } from './interrupt.js';
import { type MockProcess, startMockProcess } from './mock-process.js';
import { createProgress } from './progress.js';
import { writeReports } from './write-reports.js';

const folder = 'reports';
const speed = 100;
const loadTasks = 40;
const loadRate = 20;
const pollEveryMs = 50;
const picturePrompt = 'A lighthouse on a cliff at dusk, seen from the sea';

interface VendorResult {
  readonly check: CheckReport;
  readonly load: LoadReport;
  readonly images: readonly { readonly caption: string; readonly dataUri: string }[];
}

const progress = createProgress(process.stderr, 'nothing');
const say = (line: string) => {
  progress.end();
  process.stdout.write(`${line}\n`);
};

async function pictures(vendor: string, baseUrl: string, signal: AbortSignal): Promise<VendorResult['images']> {
  const { images } = await generate(vendor, { prompt: picturePrompt }, { baseUrl, signal });
  return Promise.all(
    images.map(async (image) => {
      const type = image.format ?? 'png';
      const bytes = await image.bytes({ signal });
      await writeFile(join(folder, `${vendor}.${type}`), bytes);
      return { caption: vendor, dataUri: `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}` };
    }),
  );
}

async function examine(vendor: string, baseUrl: string, signal: AbortSignal): Promise<VendorResult> {
  const report = await check(vendor, {
    baseUrl,
    signal,
    onEvent: (event) => {
      if (event.type === 'progress') progress.show(`${vendor}: check, ${event.requests} requests`);
    },
  });
  const { checks, findings } = report.summary;
  say(
    `${vendor.padEnd(12)} ${report.verdict}: ${checks.pass} checks passed, ${checks.fail} failed, ` +
      `${findings.error + findings.warning + findings.note} findings, ${report.summary.tasks} tasks`,
  );
  const load = await runLoad({
    contract: await resolveContract(vendor),
    baseUrl,
    apiKey: mockKey(vendor, 'test'),
    tasks: loadTasks,
    rate: loadRate,
    policy: fixed(pollEveryMs),
    seed: 1,
    signal,
    onEvent: (event) => {
      if (event.type === 'progress') progress.show(`${vendor}: load, ${event.tasks.started} of ${loadTasks} tasks`);
    },
  });
  const { tasks, polls, latencyMs } = load;
  say(
    `${''.padEnd(12)} load: ${tasks.succeeded} of ${tasks.started} tasks succeeded, ` +
      `${polls.perTask.mean.toFixed(1)} polls a task, poll p99 ${latencyMs.poll.p99.toFixed(1)} ms`,
  );
  await writeReports(report, checkFormats, [
    { format: 'json', path: join(folder, `${vendor}.check.json`) },
    { format: 'junit', path: join(folder, `${vendor}.check.xml`) },
  ]);
  await writeReports(load, loadFormats, [{ format: 'json', path: join(folder, `${vendor}.load.json`) }]);
  return { check: report, load, images: await pictures(vendor, baseUrl, signal) };
}

async function examineAll(mock: MockProcess, signal: AbortSignal): Promise<VendorResult[]> {
  const results: VendorResult[] = [];
  for (const [vendor, baseUrl] of Object.entries(mock.vendors)) {
    if (signal.aborted) break;
    results.push(await examine(vendor, baseUrl, signal));
  }
  return results;
}

async function main(signal: AbortSignal): Promise<number> {
  const began = systemClock.now();
  await mkdir(folder, { recursive: true });
  const mock = await startMockProcess(['--speed', String(speed)]);
  try {
    say(`${Object.keys(mock.vendors).length} vendors mocked on this machine, ${speed} times as fast as the real thing`);
    const results = await examineAll(mock, signal);
    const page = join(folder, 'index.html');
    const overview = overviewToHtml({
      title: 'proofsheet',
      generatedAt: new Date(systemClock.now()).toISOString(),
      checks: results.map((result) => result.check),
      loads: results.map((result) => result.load),
      images: results.flatMap((result) => result.images),
    });
    await writeFile(page, overview);
    say(`Done in ${formatDuration(systemClock.now() - began)}. Open ${pathToFileURL(page).href}`);
    if (signal.aborted) return exitCodes.interrupted;
    const sound = results.every(
      (result) => result.check.verdict === 'conformant' && result.load.tasks.succeeded === result.load.tasks.started,
    );
    return sound ? exitCodes.ok : exitCodes.violations;
  } finally {
    await mock.close();
  }
}

const interrupt = interruptSignal();
try {
  process.exitCode = await main(interrupt.signal);
} catch (error) {
  progress.end();
  const known = error instanceof ProofsheetError;
  process.stderr.write(`proofsheet: ${(error as Error).message}\n`);
  process.exitCode = interrupt.signal.aborted ? exitCodes.interrupted : known ? error.exitCode : exitCodes.internal;
} finally {
  interrupt.release();
}
