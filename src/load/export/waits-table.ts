import { UsageError } from '../../core/errors.js';
import { nextWait, type PollingPolicy } from '../../core/polling.js';
import type { WaitDraws } from '../wait-draws.js';

const LINES = 64;
const MOST_POLLS = 200;

export interface TableBounds {
  /** Milliseconds until a task is given up: no wait is needed beyond. */
  readonly timeoutMs: number;
  /** Milliseconds that the vendor advises between two polls. */
  readonly adviceMs?: number | undefined;
}

function waitsOf(
  policy: PollingPolicy,
  draw: (polls: number) => number,
  { timeoutMs, adviceMs }: TableBounds,
): number[] {
  const waits: number[] = [];
  let previousMs: number | undefined;
  for (let elapsedMs = 0; waits.length < MOST_POLLS && elapsedMs < timeoutMs; ) {
    const facts = {
      chance: draw(waits.length),
      elapsedMs,
      ...(previousMs === undefined ? {} : { previousMs }),
      ...(adviceMs === undefined ? {} : { adviceMs }),
    };
    const { ms, policyMs } = nextWait(policy, waits.length + 1, facts);
    waits.push(Math.round(ms * 1000) / 1000);
    previousMs = policyMs;
    elapsedMs += ms;
  }
  return waits;
}

/** Without the equal waits at the end: whoever runs out of a line repeats its last ones. */
function shortened(waits: readonly number[]): number[] {
  let length = waits.length;
  while (length > 1 && waits[length - 1] === waits[length - 2]) length -= 1;
  return waits.slice(0, Math.max(1, length));
}

function dependsOnEstimate(policy: PollingPolicy): boolean {
  const waits = [1, 7, 1e6].map((etaMs) => policy.delayMs(1, { chance: 0.5, etaMs }));
  return waits.some((ms) => ms !== policy.delayMs(1, { chance: 0.5 }));
}

/**
 * What a policy waits, as a table: one line for each of 64 tasks where chance plays a part, drawn as a run of ours draws it,
 * else one line for all. Throws a `UsageError` for a policy that waits by what the vendor says in the run.
 */
export function waitsTable(
  policy: PollingPolicy,
  drawWait: WaitDraws,
  bounds: TableBounds,
): readonly (readonly number[])[] {
  if (dependsOnEstimate(policy))
    throw new UsageError(
      `The policy ${policy.name} waits by the vendor's estimate, which a table of waits cannot hold: export another one`,
    );
  if (policy.callback === true)
    throw new UsageError(
      `The policy ${policy.name} needs a receiver of calls, which an export has not: export another one`,
    );
  const low = waitsOf(policy, () => 0.1, bounds);
  const high = waitsOf(policy, () => 0.9, bounds);
  if (low.length === high.length && low.every((ms, index) => ms === high[index])) return [shortened(low)];
  // The n-th task of a run takes line n, so that line 0 is that of the 64th.
  return Array.from({ length: LINES }, (_, line) =>
    waitsOf(policy, (polls) => drawWait(line === 0 ? LINES : line, polls), bounds),
  );
}
