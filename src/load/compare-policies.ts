import { NotJudgedError, UsageError } from '../core/errors.js';
import type { LoadReport, PolicyComparison, PolicyRow } from '../core/load-report.js';
import type { PollingPolicy } from '../core/polling.js';

export interface ComparePoliciesOptions {
  readonly vendor: string;
  readonly target: string;
  readonly seed: number;
  readonly scenario?: string;
  readonly policies: readonly PollingPolicy[];
  /** One run, on the same seeded tasks whatever the policy. */
  readonly run: (policy: PollingPolicy) => Promise<LoadReport>;
  readonly signal?: AbortSignal;
}

/** What a second of delay is worth, in polls: as impatient as someone who looks at a progress bar. */
const POLLS_PER_SECOND = 1;

type Measured = Omit<PolicyRow, 'onFront'>;

function rowOf(policy: PollingPolicy, report: LoadReport): Measured {
  const { metrics, timeToDetectMs, percentiles, tasks, polls } = report;
  if (tasks.succeeded + tasks.failed + tasks.cancelled === 0)
    throw new NotJudgedError(
      `With the policy ${policy.name} no task was seen to end, so it cannot be compared: allow more --timeout`,
    );
  if (metrics === undefined || timeToDetectMs === null)
    throw new UsageError(`${report.target} does not tell when tasks were ready, so policies cannot be compared there`);
  return {
    policy: policy.name,
    timeToDetectMs,
    pollsPerTask: polls.total / Math.max(1, tasks.started),
    metrics,
    tasks,
    curve: percentiles?.timeToDetect ?? [],
  };
}

function isBeaten(row: Measured, rows: readonly Measured[]): boolean {
  return rows.some(
    (other) =>
      other.timeToDetectMs.mean <= row.timeToDetectMs.mean &&
      other.pollsPerTask <= row.pollsPerTask &&
      (other.timeToDetectMs.mean < row.timeToDetectMs.mean || other.pollsPerTask < row.pollsPerTask),
  );
}

/** Polls plus delay, in polls a task; a task that was given up although it succeeds counts as a minute of delay. */
function priceOf({ pollsPerTask, timeToDetectMs, metrics }: Measured): number {
  const lostMs = (metrics.abandonedThatSucceeded ?? 0) * 60_000;
  return pollsPerTask + ((timeToDetectMs.mean + lostMs) / 1000) * POLLS_PER_SECOND;
}

/** For clients that no vendor can reach, the best of the policies that only ask. */
function withoutCalls(rows: readonly PolicyRow[], best: PolicyRow, calls: ReadonlySet<string>): string {
  if (!calls.has(best.policy)) return '';
  const [asking] = rows.filter(({ policy }) => !calls.has(policy)).sort((one, other) => priceOf(one) - priceOf(other));
  return asking === undefined ? '' : `. Where nobody can be called back, take ${asking.policy}: ${inShort(asking)}`;
}

function inShort({ pollsPerTask, timeToDetectMs }: PolicyRow): string {
  const seconds = (timeToDetectMs.mean / 1000).toFixed(2);
  return `${pollsPerTask.toFixed(2)} polls a task, ends seen ${seconds} s late on average`;
}

function recommend(rows: readonly PolicyRow[], calls: ReadonlySet<string>): PolicyComparison['recommended'] {
  const [best, second] = [...rows].filter(({ onFront }) => onFront).sort((one, other) => priceOf(one) - priceOf(other));
  if (best === undefined) throw new UsageError('There is no policy to compare');
  const than =
    second === undefined
      ? ''
      : `; ${second.policy} comes next with ${priceOf(second).toFixed(2)} against ${priceOf(best).toFixed(2)}`;
  return {
    policy: best.policy,
    reason:
      `no other asks less and sees ends sooner: ${inShort(best)}, ${(best.metrics.throttledShare * 100).toFixed(1)} % of requests refused. With a second of delay worth ` +
      `one poll it costs least${than}${withoutCalls(rows, best, calls)}`,
  };
}

/**
 * Runs each policy on the same seeded tasks, one after the other, and says which are on the Pareto front of time to
 * detect against polls, and which one to take. An abort ends it with the policies measured so far, one at least.
 */
export async function comparePolicies(options: ComparePoliciesOptions): Promise<PolicyComparison> {
  const { vendor, target, seed, scenario, policies, signal } = options;
  const measured: Measured[] = [];
  let started = 0;
  for (const policy of policies) {
    if (signal?.aborted === true && measured.length > 0) break;
    const report = await options.run(policy);
    // Figures of a run that was cut short are no comparison.
    if (signal?.aborted === true && measured.length > 0) break;
    started = Math.max(started, report.tasks.started);
    measured.push(rowOf(policy, report));
  }
  const rows = measured
    .map((row): PolicyRow => ({ ...row, onFront: !isBeaten(row, measured) }))
    .sort((one, other) => one.timeToDetectMs.mean - other.timeToDetectMs.mean);
  return {
    schemaVersion: 1,
    kind: 'load-comparison',
    vendor,
    target,
    seed,
    ...(scenario === undefined ? {} : { scenario }),
    tasks: started,
    rows,
    recommended: recommend(rows, new Set(policies.filter(({ callback }) => callback).map(({ name }) => name))),
  };
}
