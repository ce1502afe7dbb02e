import type { SaturationCeiling, SaturationStep } from '../core/load-report.js';
import type { SaturationFigures } from '../platform/saturation-engine.js';
import { type SaturationBounds, SHORTEST_STEP_MS } from './saturation-bounds.js';

/** More connections that bring less than this much more are past the knee. */
const LEAST_GROWTH = 1.1;
/** Steps in a row without growth: one may be an accident of the machine. */
const FLAT_STEPS = 2;
const MOST_FAILURES = 0.01;
/** An engine that is told a rate comes a little short of it. */
const NEAR_LIMIT = 0.95;

/** What a climb must not pass. */
export interface SaturationLimits {
  readonly mostP99Ms: number;
  /** Infinite where as many requests are sent as fit. */
  readonly mostPerSecond: number;
}

/** 1, 2, 4 and so on, and the most itself. */
export function connectionSteps(most: number): number[] {
  const steps: number[] = [];
  for (let connections = 1; connections < most; connections *= 2) steps.push(connections);
  return [...steps, most];
}

/** An engine that is told a rate lets that many requests out at the beginning of each second. */
const RATED_STEP_MS = 1000;

/**
 * The steps that fit into the time, evenly. With a rate each takes a second at least, because a shorter one would let the
 * requests of a whole second out: then there are fewer of them.
 */
export function planSteps({ connections, endpoints, durationMs, requestsPerSecond }: SaturationBounds): {
  readonly connections: readonly number[];
  readonly stepMs: number;
} {
  const isRated = Number.isFinite(requestsPerSecond);
  const all = connectionSteps(connections);
  const most = isRated ? Math.max(1, Math.floor(durationMs / endpoints.length / RATED_STEP_MS)) : all.length;
  const steps = all.slice(0, most);
  const stepMs = durationMs / (steps.length * endpoints.length);
  return { connections: steps, stepMs: Math.max(isRated ? RATED_STEP_MS : SHORTEST_STEP_MS, stepMs) };
}

export function stepOf(
  endpoint: SaturationStep['endpoint'],
  connections: number,
  { requests, durationMs, latencyMs, errors, non2xx }: SaturationFigures,
): SaturationStep {
  return {
    endpoint,
    connections,
    requests,
    requestsPerSecond: durationMs > 0 ? (requests * 1000) / durationMs : 0,
    p50Ms: latencyMs.p50,
    p99Ms: latencyMs.p99,
    failures: errors + non2xx,
  };
}

function fails({ requests, failures }: SaturationStep): boolean {
  return failures > requests * MOST_FAILURES;
}

/** Why no further step is made; undefined while the endpoint still gives more. */
export function whyStop(
  steps: readonly SaturationStep[],
  { mostP99Ms, mostPerSecond }: SaturationLimits,
): string | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  if (fails(last)) return `${last.failures} of ${last.requests} requests failed over ${last.connections} connections`;
  if (last.p99Ms > mostP99Ms) return `p99 passed ${mostP99Ms} ms over ${last.connections} connections`;
  if (last.requestsPerSecond >= mostPerSecond * NEAR_LIMIT)
    return `${mostPerSecond} requests a second are the most that were allowed`;
  const before = steps.slice(0, -FLAT_STEPS);
  const best = Math.max(0, ...before.map(({ requestsPerSecond }) => requestsPerSecond));
  const flat = steps.slice(-FLAT_STEPS).every(({ requestsPerSecond }) => requestsPerSecond < best * LEAST_GROWTH);
  return before.length > 0 && flat ? `more than ${before.at(-1)?.connections} connections brought no more` : undefined;
}

/**
 * The knee: the fewest connections that come within a growth step of the best rate, among the steps that neither fail
 * nor wait too long; the first step where all of them do.
 */
export function ceilingOf(
  steps: readonly SaturationStep[],
  { mostP99Ms }: SaturationLimits,
  reason: string,
): SaturationCeiling | undefined {
  const usable = steps.filter((step) => !fails(step) && step.p99Ms <= mostP99Ms);
  const best = Math.max(0, ...usable.map(({ requestsPerSecond }) => requestsPerSecond));
  const knee = usable.find(({ requestsPerSecond }) => requestsPerSecond * LEAST_GROWTH >= best) ?? steps[0];
  return knee === undefined ? undefined : { ...knee, reason };
}
