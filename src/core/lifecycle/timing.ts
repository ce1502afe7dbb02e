import type { Distribution } from './distribution.js';

/** Durations of a kind of task; what a rule does not say is taken from the rules after it. */
export interface TimingRule {
  readonly model?: string;
  readonly quality?: string;
  readonly queued?: Distribution;
  readonly running?: Distribution;
  /** Added to the wait of a task that arrives when nothing ran for `afterMs`. */
  readonly coldStart?: { readonly afterMs: number; readonly delay: Distribution };
}

export interface Timing {
  readonly queued: Distribution;
  readonly running: Distribution;
  readonly coldStart: TimingRule['coldStart'];
}

const uniform = (minMs: number, maxMs: number): Distribution => ({ kind: 'uniform', minMs, maxMs });

const none: Distribution = { kind: 'fixed', ms: 0 };

/** Chosen to feel like the real thing; measured nowhere, because no vendor was ever contacted. */
const usualTiming: readonly TimingRule[] = [
  { quality: 'low', running: uniform(4_000, 8_000) },
  { quality: 'high', running: uniform(12_000, 20_000) },
  { queued: uniform(500, 2_000), running: uniform(7_000, 14_000) },
];

/** What durations can depend on. */
export interface TimedRequest {
  readonly model: string | undefined;
  readonly params: { readonly quality?: unknown };
}

function matches(rule: TimingRule, { model, params }: TimedRequest): boolean {
  return (
    (rule.model === undefined || rule.model === model) &&
    (rule.quality === undefined || rule.quality === params.quality)
  );
}

/** The durations that a request's task is drawn from: of each kind, the first that a matching rule states. */
export function timingFor(rules: readonly TimingRule[], request: TimedRequest): Timing {
  let queued: TimingRule['queued'];
  let running: TimingRule['running'];
  let coldStart: TimingRule['coldStart'];
  for (const list of [rules, usualTiming])
    for (const rule of list) {
      if (!matches(rule, request)) continue;
      queued ??= rule.queued;
      running ??= rule.running;
      coldStart ??= rule.coldStart;
    }
  return { queued: queued ?? none, running: running ?? none, coldStart };
}
