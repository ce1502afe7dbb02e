import type { TimingRule } from '../../src/core/lifecycle/timing.js';
import type { Rng } from '../../src/platform/random.js';
import type { LimitRules } from '../limits/limiter.js';
import { type Outcome, outcomeById } from '../triggers/outcome.js';

/** A share of the requests to which something happens, perhaps only for a while. */
export interface Chance {
  readonly outcome: string;
  /** 0 to 1. */
  readonly share: number;
  /** Milliseconds since the mock started; the whole time where absent. */
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** How one vendor behaves beyond its contract: what a scenario says, worked out for this vendor. */
export interface Behaviour {
  readonly timing: readonly TimingRule[];
  readonly chances: readonly Chance[];
  readonly limits?: LimitRules;
}

export const usualBehaviour: Behaviour = { timing: [], chances: [] };

/** What chance does to a request that arrives `sinceStartMs` after the start. One draw decides, whatever the number of chances. */
export function drawOutcome(chances: readonly Chance[], sinceStartMs: number, rng: Rng): Outcome | undefined {
  if (chances.length === 0) return undefined;
  const point = rng.next();
  let sum = 0;
  for (const { outcome, share, fromMs = 0, untilMs = Number.POSITIVE_INFINITY } of chances) {
    if (sinceStartMs < fromMs || sinceStartMs >= untilMs) continue;
    sum += share;
    if (point < sum) return outcomeById(outcome);
  }
  return undefined;
}
