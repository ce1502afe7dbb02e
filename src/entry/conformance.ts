import type { Thoroughness } from '../conformance/cases/thoroughness.js';
import { type CheckEvent, type CheckOptions, defaultFailingPrompt } from '../conformance/check-options.js';
import type { Depth } from '../conformance/probe.js';
import { exitCodeFor, runCheck } from '../conformance/run-check.js';
import type { CheckReport } from '../core/check-report.js';
import type { Severity } from '../core/facts.js';
import { isLoopback } from '../core/loopback.js';
import { systemClock } from '../platform/clock.js';
import { createNodeWire } from '../platform/node-wire.js';
import { targetOf } from '../platform/target.js';
import { resolveContract } from './contracts.js';
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
  readonly failOn?: Severity;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: CheckEvent) => void;
}

/**
 * Judges an endpoint by a shipped contract or by a contract file. Throws a `UsageError` for unusable settings and a
 * `NotJudgedError` where the target is unreachable or refuses the key.
 */
export async function check(vendor: string, settings: CheckSettings = {}): Promise<CheckReport> {
  const contract = await resolveContract(vendor);
  const baseUrl = targetOf(contract.server, settings.baseUrl);
  const local = isLoopback(baseUrl);
  const own = local && settings.apiKey === undefined;
  const otherKey = settings.otherKey ?? (own ? mockKey(contract.id, 'other') : undefined);
  const poorKey = settings.poorKey ?? (own ? mockKey(contract.id, 'poor') : undefined);
  const { wire, close } = createNodeWire();
  const options: CheckOptions = {
    contract,
    baseUrl,
    apiKey: resolveKey(contract.id, baseUrl, settings.apiKey, process.env),
    depth: settings.depth ?? (local ? 'full' : 'free'),
    seed: settings.seed ?? 1,
    timeout: settings.timeout ?? (local ? 60_000 : 600_000),
    failingPrompt: settings.failingPrompt ?? defaultFailingPrompt,
    failOn: settings.failOn ?? 'error',
    wire,
    clock: systemClock,
    version: packageVersion(),
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
  }
}
