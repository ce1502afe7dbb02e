import type { Contract } from '../contract/contract.js';
import type { CheckReport, Finding, ProbeReport } from '../core/check-report.js';
import type { Severity } from '../core/facts.js';
import type { CallbackReceiver } from '../platform/callback-receiver.js';
import type { Clock } from '../platform/clock.js';
import type { Wire } from '../platform/wire.js';
import type { Thoroughness } from './cases/thoroughness.js';
import type { Readings } from './dialects/readings.js';
import type { Depth } from './probe.js';

/** The words that a prompt needs to be refused by moderation, unless the caller knows better ones. */
export const defaultFailingPrompt = 'A scene that is a policy violation, to see how a refusal reads';

/** What `summary.stopped` of a report says after the signal. */
export const stoppedBySignal = 'interrupted';

export interface CheckOptions {
  readonly contract: Contract;
  /** Stands in for the contract's server: an origin or a URL prefix. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The key of a second account. */
  readonly otherKey?: string;
  /** The key of an account without balance. */
  readonly poorKey?: string;
  readonly depth: Depth;
  /** The most tasks that may be created; no bound where absent. */
  readonly maxTasks?: number;
  readonly seed: number;
  /** How many of the generated cases are sent; on loopback all where absent, elsewhere each constraint once. */
  readonly cases?: Thoroughness;
  /** Ids of checks and probes. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Milliseconds between polls; by the contract's advice where absent. */
  readonly pollInterval?: number;
  /** Milliseconds that a task may take. */
  readonly timeout: number;
  readonly failingPrompt?: string;
  /** Findings of this severity and above are violations; `error` where absent. */
  readonly failOn?: Severity;
  /** Sent along with every request to the API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the vendor can call; without one nothing is judged of callbacks. */
  readonly receiver?: CallbackReceiver;
  /** With which the vendor signs its calls. */
  readonly callbackSecret?: string;
  /** Other readings of the contract, which are tried where answers break the documented one. */
  readonly readings?: Readings;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Of this tool, for the report. */
  readonly version: string;
}

/** What a run will do at most, told before the first request. */
export interface CheckPlan {
  readonly vendor: string;
  readonly target: string;
  readonly depth: Depth;
  readonly seed: number;
  readonly probes: readonly {
    readonly id: string;
    readonly title: string;
    readonly tasks: number;
    readonly skipped?: string;
  }[];
  /** Tasks that a conforming server creates at most. */
  readonly ceiling: { readonly tasks: number; readonly cost?: number; readonly unit?: string };
}

export type CheckEvent =
  | { readonly type: 'started'; readonly plan: CheckPlan }
  | { readonly type: 'probe-started'; readonly probe: string; readonly title: string }
  | { readonly type: 'probe-finished'; readonly outcome: ProbeReport }
  | { readonly type: 'progress'; readonly requests: number; readonly tasks: number }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'finished'; readonly report: CheckReport };
