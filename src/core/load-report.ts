/** Milliseconds over all samples of one kind. */
export interface LatencySummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface ThresholdOutcome {
  readonly expression: string;
  readonly observed: number | null;
  readonly ok: boolean;
}

/** The result of `proofsheet load`; the JSON report is exactly this. */
export interface LoadReport {
  readonly schemaVersion: 1;
  readonly kind: 'load';
  readonly vendor: string;
  readonly target: string;
  readonly seed: number;
  readonly tasks: {
    readonly started: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly cancelled: number;
    /** Given up at the deadline, or refused at submit. */
    readonly abandoned: number;
    /** Still running when the load ended. */
    readonly live: number;
  };
  readonly polls: {
    readonly total: number;
    /** Polls that saw the phase of the task's previous answer. */
    readonly wasted: number;
    readonly perTask: { readonly mean: number; readonly p50: number; readonly p95: number };
  };
  readonly latencyMs: { readonly submit: LatencySummary; readonly poll: LatencySummary };
  /** From readiness to the answer that showed it; null where the target does not tell when a task was ready. */
  readonly timeToDetectMs: LatencySummary | null;
  readonly generator: {
    /** Starts more than 10 ms behind their plan. */
    readonly lateStarts: number;
    readonly eventLoopDelayP99Ms: number;
    /** CPU time of this process over wall time. */
    readonly cpuShare: number;
    /** False when the generator itself was too busy for the figures to be trusted. */
    readonly valid: boolean;
  };
  readonly thresholds: readonly ThresholdOutcome[];
  /** Failed requests by a short reason, with how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** Present for a saturation run. */
  readonly saturation?: {
    readonly requests: number;
    readonly durationMs: number;
    readonly requestsPerSecond: number;
    readonly connections: number;
    readonly errors: number;
    readonly non2xx: number;
  };
}
