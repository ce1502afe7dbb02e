import type { Chance } from '../../core/lifecycle/distribution.js';

/** How starts of tasks are spread over time; they never wait for answers (open arrivals). */
export interface Arrivals {
  readonly kind: string;
  /** As `--arrivals` takes it. */
  readonly name: string;
  /** Tasks per second, where there is one rate. */
  readonly ratePerSecond?: number;
  /** Whether the starts come to an end by themselves. */
  readonly finite?: boolean;
  /** Milliseconds from the start of the run to each start of a task, never falling. */
  offsets(chance: Chance): Iterator<number, unknown>;
}

/** A kind of arrivals as a person names it: `id`, or `id:parameters`. */
export interface ArrivalsKind {
  readonly id: string;
  /** Parameters of an example, with the colon; empty for a kind that only takes the rate. */
  readonly example: string;
  /** What it does and what the parameters mean. */
  readonly says: string;
  /** `parameters` is undefined where there is no colon. Throws a `UsageError`. */
  readonly read: (parameters: string | undefined, ratePerSecond: number) => Arrivals | Promise<Arrivals>;
}
