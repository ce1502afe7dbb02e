import { readFile, stat } from 'node:fs/promises';
import type { Thoroughness } from '../conformance/cases/thoroughness.js';
import { type CheckEvent, type CheckOptions, defaultFailingPrompt } from '../conformance/check-options.js';
import type { Depth } from '../conformance/probe.js';
import { exitCodeFor, runCheck } from '../conformance/run-check.js';
import type { CheckReport } from '../core/check-report.js';
import { UsageError } from '../core/errors.js';
import type { Severity } from '../core/facts.js';
import { isLoopback } from '../core/loopback.js';
import { systemClock } from '../platform/clock.js';
import { createNodeWire } from '../platform/node-wire.js';
import { targetOf } from '../platform/target.js';
import { callbackReceiver } from './callback-receiver.js';
import { readingsOf, resolveContract } from './contracts.js';
import { mockKey, resolveKey } from './keys.js';
import { packageVersion } from './version.js';

export type { Thoroughness } from '../conformance/cases/thoroughness.js';
export type { CheckEvent, CheckPlan } from '../conformance/check-options.js';
export type { Depth } from '../conformance/probe.js';
export type { CheckReport, Finding } from '../core/check-report.js';
export type { Severity } from '../core/facts.js';
export { exitCodeFor };

export interface CheckSettings {
  /** Stands in for the vendor's server; the real one by default. */
  readonly baseUrl?: string;
  /** Else `PROOFSHEET_<VENDOR>_API_KEY`, else on loopback the mock's own test key. */
  readonly apiKey?: string;
  /** A second account. */
  readonly otherKey?: string;
  /** An account without balance. */
  readonly poorKey?: string;
  /** `full` on loopback, else `free`: nothing that can create a task. */
  readonly depth?: Depth;
  readonly maxTasks?: number;
  readonly seed?: number;
  /** How many generated cases are sent: all (on loopback), each constraint once (elsewhere), or so many per probe. */
  readonly cases?: Thoroughness;
  /** Ids of checks. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Milliseconds. */
  readonly pollInterval?: number;
  /** Milliseconds after which a task counts as one that never ends; 1 minute on loopback, else 10. */
  readonly timeout?: number;
  readonly failingPrompt?: string;
  /** Judge by these readings of the contract; else one that fits the answers better is found and named. */
  readonly dialects?: readonly string[];
  /** A public address under which a tunnel leads to `callbackPort` of this machine; needed away from loopback. */
  readonly callbackUrl?: string;
  readonly callbackPort?: number;
  /** With which the vendor signs its callbacks. */
  readonly callbackSecret?: string;
  readonly failOn?: Severity;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: CheckEvent) => void;
}

/** The largest recording that is read, in bytes. */
const largestRecording = 512 * 1024 * 1024;

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > largestRecording) throw new UsageError(`${file} is larger than ${largestRecording} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

/**
 * Judges what was recorded earlier, without sending anything: a JSON report of `check` or an HTTP Archive (HAR 1.2) of
 * whatever client. Throws a `UsageError` for a file that is neither, and a `NotJudgedError` where it holds no request
 * to this vendor.
 */
export async function checkRecording(
  vendor: string,
  file: string,
  settings: Pick<CheckSettings, 'only' | 'skip' | 'failOn'> = {},
): Promise<CheckReport> {
  const contract = await resolveContract(vendor);
  const [{ readRecording }, { judgeRecording }] = await Promise.all([
    import('../conformance/recording/read-recording.js'),
    import('../conformance/recording/judge-recording.js'),
  ]);
  const recording = readRecording(file, await readText(file));
  return judgeRecording({ contract, recording, version: packageVersion(), ...settings });
}

/**
 * Asks another validator of the same contract about every request and answer of a report, and puts its verdicts beside
 * ours. Throws a `UsageError` where that validator is not installed.
 */
export async function withPrismOracle(vendor: string, report: CheckReport): Promise<CheckReport> {
  const contract = await resolveContract(vendor);
  const [{ createPrismOracle }, { secondOpinion }] = await Promise.all([
    import('./prism-oracle.js'),
    import('../conformance/oracle/second-opinion.js'),
  ]);
  const judge = await createPrismOracle(contract.document, process.cwd());
  return { ...report, oracle: secondOpinion(contract, judge, report.exchanges) };
}

/**
 * Judges an endpoint by a shipped contract or by a contract file. Throws a `UsageError` for unusable settings and a
 * `NotJudgedError` where the target is unreachable or refuses the key.
 */
export async function check(vendor: string, settings: CheckSettings = {}): Promise<CheckReport> {
  const dialects = settings.dialects ?? [];
  const contract = await resolveContract(vendor, dialects);
  const baseUrl = targetOf(contract.server, settings.baseUrl);
  const local = isLoopback(baseUrl);
  const own = local && settings.apiKey === undefined;
  const otherKey = settings.otherKey ?? (own ? mockKey(contract.id, 'other') : undefined);
  const poorKey = settings.poorKey ?? (own ? mockKey(contract.id, 'poor') : undefined);
  const depth = settings.depth ?? (local ? 'full' : 'free');
  const receiver = depth === 'full' ? await callbackReceiver(settings, local) : undefined;
  const { wire, close } = createNodeWire();
  const options: CheckOptions = {
    contract,
    baseUrl,
    apiKey: resolveKey(contract.id, baseUrl, settings.apiKey, process.env),
    depth,
    seed: settings.seed ?? 1,
    timeout: settings.timeout ?? (local ? 60_000 : 600_000),
    failingPrompt: settings.failingPrompt ?? defaultFailingPrompt,
    failOn: settings.failOn ?? 'error',
    ...(dialects.length === 0 ? { readings: await readingsOf(vendor) } : {}),
    wire,
    clock: systemClock,
    version: packageVersion(),
    ...(receiver === undefined ? {} : { receiver }),
    ...(settings.callbackSecret === undefined ? {} : { callbackSecret: settings.callbackSecret }),
    ...(otherKey === undefined ? {} : { otherKey }),
    ...(poorKey === undefined ? {} : { poorKey }),
    ...(settings.maxTasks === undefined ? {} : { maxTasks: settings.maxTasks }),
    ...(settings.cases === undefined ? {} : { cases: settings.cases }),
    ...(settings.only === undefined ? {} : { only: settings.only }),
    ...(settings.skip === undefined ? {} : { skip: settings.skip }),
    ...(settings.pollInterval === undefined ? {} : { pollInterval: settings.pollInterval }),
    ...(settings.signal === undefined ? {} : { signal: settings.signal }),
  };
  try {
    const run = runCheck(options);
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
      settings.onEvent?.(step.value);
    }
  } finally {
    close();
    await receiver?.close();
  }
}
