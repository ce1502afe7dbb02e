import type { Distribution } from '../../core/lifecycle/distribution.js';
import type { TimingRule } from '../../core/lifecycle/timing.js';
import type { LostCalls } from '../lost-share.js';
import type { BucketRule } from './bucket.js';

/** How the server of a virtual run behaves, as data. What is left out does not happen. */
export interface ServerModel {
  /** From a request to its answer. */
  readonly latency: Distribution;
  /** How long tasks take, as in a scenario of the mock; the mock's usual durations where it says nothing. */
  readonly timing?: readonly TimingRule[];
  /** Share of the tasks that fail, 0 to 1. */
  readonly failed?: number;
  /** A share of the tasks takes so many times longer. */
  readonly slow?: { readonly share: number; readonly factor: number };
  /** Tasks that run at once; the others queue in the order in which they came. */
  readonly workers?: number;
  /** Requests that are answered at once, each for so long; the others wait, and their latency grows. */
  readonly service?: { readonly slots: number; readonly time: Distribution };
  readonly limits?: {
    readonly submit?: BucketRule;
    readonly poll?: BucketRule;
    /** Polls are taken out of the submits' bucket. */
    readonly shared?: boolean;
    /** Tasks that may be unfinished at once; a submit beyond them is refused. */
    readonly concurrency?: number;
  };
  /** Every request is answered 502, in milliseconds from the start. */
  readonly outages?: readonly { readonly fromMs: number; readonly untilMs: number }[];
  readonly callbacks?: {
    readonly lost: LostCalls;
    /** From the end of the task to the call. */
    readonly delay: Distribution;
  };
}
