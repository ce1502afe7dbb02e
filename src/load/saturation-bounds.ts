import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { demandCeiling } from './ceiling.js';

export type SaturatedEndpoint = 'submit' | 'poll';

/** What a saturation run can do to its target at most; told before the first request. */
export interface SaturationBounds {
  readonly target: string;
  readonly endpoints: readonly SaturatedEndpoint[];
  readonly connections: number;
  /** Infinite where nobody set it, which only this machine allows; the same for the tasks. */
  readonly requestsPerSecond: number;
  readonly durationMs: number;
  readonly tasks: number;
  /** What the one task costs that polls ask for; absent where submits are saturated, too, or prices are unknown. */
  readonly cost?: { readonly amount: number; readonly unit: string };
}

export interface SaturationWishes {
  readonly connections?: number;
  readonly durationMs?: number;
  readonly mostP99Ms?: number;
  readonly mostPerSecond?: number;
  readonly maxTasks?: number;
  readonly endpoints?: readonly SaturatedEndpoint[];
}

const ENDPOINTS = ['poll', 'submit'] as const;
const MOST_CONNECTIONS = 64;
const USUAL_MS = 5000;
export const SHORTEST_STEP_MS = 100;

/** Submits are saturated on this machine only, and not where the tasks are counted: one more would be too many. */
function endpointsOf({ endpoints, maxTasks }: SaturationWishes, local: boolean, host: string): SaturatedEndpoint[] {
  if (endpoints?.includes('submit') && !local)
    throw new UsageError(`Each submit on ${host} costs money: only this machine is saturated with them`);
  const asked = endpoints ?? (local && maxTasks === undefined ? ENDPOINTS : ['poll']);
  return ENDPOINTS.filter((endpoint) => asked.includes(endpoint));
}

/** Throws a `UsageError` for what cannot, or must not, be saturated. */
export function saturationBounds(contract: Contract, baseUrl: string, wishes: SaturationWishes): SaturationBounds {
  const { durationMs, connections = MOST_CONNECTIONS, mostP99Ms, mostPerSecond, maxTasks } = wishes;
  const local = isLoopback(baseUrl);
  if (contract.submit?.task.poll === undefined || contract.poll === undefined)
    throw new UsageError(
      `${contract.id} answers at once: there is nothing to poll, so it cannot be saturated with polls`,
    );
  // The engine switches the check of certificates off, so a key could be read on the way.
  if (baseUrl.startsWith('https:') && !local)
    throw new UsageError('Saturation does not verify certificates, so it only drives http targets or this machine');
  if (!(Number.isInteger(connections) && connections >= 1))
    throw new UsageError(`connections must be a whole number, at least 1, is ${connections}`);
  if (mostP99Ms !== undefined && !(mostP99Ms > 0))
    throw new UsageError(`The bound of p99 must be positive, is ${mostP99Ms}`);
  if (mostPerSecond !== undefined && !(mostPerSecond >= 1))
    throw new UsageError(
      `A saturation run sends at least one request a second, so its rate cannot be ${mostPerSecond}`,
    );
  if (mostPerSecond !== undefined && durationMs !== undefined && durationMs < 1000)
    throw new UsageError(`A rate is of a second, so a saturation run with one takes at least 1s, not ${durationMs}ms`);
  if (maxTasks !== undefined && !(maxTasks >= 1))
    throw new UsageError(`A saturation run needs one task to ask for, so ${maxTasks} tasks are too few`);
  if (durationMs !== undefined && !(durationMs >= SHORTEST_STEP_MS))
    throw new UsageError(`A saturation run takes at least 100ms, not ${durationMs}ms`);
  demandCeiling({
    target: baseUrl,
    tasks: maxTasks ?? Number.POSITIVE_INFINITY,
    ratePerSecond: mostPerSecond,
    durationMs: durationMs ?? Number.POSITIVE_INFINITY,
  });
  const endpoints = endpointsOf(wishes, local, new URL(baseUrl).host);
  return {
    target: baseUrl,
    endpoints,
    // A connection that sends less than one request a second is none.
    connections: Math.min(connections, Math.floor(mostPerSecond ?? connections)),
    requestsPerSecond: mostPerSecond ?? Number.POSITIVE_INFINITY,
    durationMs: durationMs ?? USUAL_MS,
    tasks: endpoints.includes('submit') ? Number.POSITIVE_INFINITY : 1,
  };
}
