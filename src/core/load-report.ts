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

/** What polling did to the users, to the vendor's limits and to the bill. */
export interface LoadMetrics {
  /** (detected - submitted) / (ready - submitted); null where the moment of readiness is unknown. */
  readonly detectionInflation: { readonly mean: number; readonly p50: number; readonly p95: number } | null;
  /** Wasted polls over all polls, 0 to 1. */
  readonly wasteRatio: number;
  /** Answers 429 over all requests, 0 to 1. */
  readonly throttledShare: number;
  /** Polls over all requests that counted against the limit that submits share with them, 0 to 1; null without one. */
  readonly pollingShareOfLimit: number | null;
  /** In the vendor's unit, per task that succeeded, with what abandoned and duplicated tasks cost; null without prices. */
  readonly costPerCompletedTask: number | null;
  /** Tasks given up that were going to succeed, over all tasks, 0 to 1; null where that is unknown. */
  readonly abandonedThatSucceeded: number | null;
  /** Submits that were made a second time for the same work. */
  readonly duplicates: number;
  /** Requests in the fullest 100 ms over the mean of all 100 ms; 1 is perfectly even. */
  readonly herdIndex: number;
  /** p99 over p50 of the time to detect; null where it is unknown. */
  readonly fairness: number | null;
}

/** What went on in each slice of the run; all lists have the same length. */
export interface LoadSeries {
  /** Milliseconds of one slice. */
  readonly sliceMs: number;
  readonly started: readonly number[];
  readonly ended: readonly number[];
  /** Tasks that had neither ended nor been given up when the slice was over. */
  readonly inFlight: readonly number[];
  readonly polls: readonly number[];
  readonly throttled: readonly number[];
}

/** Throughput and latency in one part of the run, such as before, during and after an outage. */
export interface LoadStage {
  readonly name: string;
  /** Milliseconds from the start of the run. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly startedPerSecond: number;
  readonly endedPerSecond: number;
  readonly pollsPerSecond: number;
  readonly latencyMs: { readonly submit: LatencySummary; readonly poll: LatencySummary };
  /** Of tasks that ended in this stage; null where that is unknown. */
  readonly timeToDetectMs: LatencySummary | null;
}

/** One point of a percentile curve: so much of all samples (0 to 1) took at most so many milliseconds. */
export interface PercentilePoint {
  readonly share: number;
  readonly ms: number;
}

/** One step of a saturation run: so many connections, each with one request open all the time. */
export interface SaturationStep {
  readonly endpoint: 'submit' | 'poll';
  readonly connections: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Without an answer, or answered by another status than 2xx. */
  readonly failures: number;
}

/** The step beyond which an endpoint gives no more, and why it went no further. */
export interface SaturationCeiling extends SaturationStep {
  readonly reason: string;
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
    /** What was too much, where it was not valid. */
    readonly reasons?: readonly string[];
  };
  readonly thresholds: readonly ThresholdOutcome[];
  /** Failed requests by a short reason, with how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** How time passed: on the machine's clock over HTTP, on a discrete-event clock with a modelled server, or as fast as it goes. */
  readonly driver?: 'real' | 'virtual' | 'saturation';
  /** Threads that shared the load, where there were several; the generator's figures are the worst, or the sum, of them. */
  readonly workers?: number;
  /** The name of the scenario that was run. */
  readonly scenario?: string;
  /** What of the scenario this run did not have, and why. */
  readonly leftOut?: readonly string[];
  /** The polling policy in the words of `--policy`. */
  readonly policy?: string;
  readonly arrivals?: {
    readonly kind: string;
    /** In the words of `--arrivals`. */
    readonly name?: string;
    readonly ratePerSecond?: number;
  };
  /** Milliseconds from the first planned start to the end, in the time of the driver. */
  readonly durationMs?: number;
  /** What was planned before this many milliseconds is in none of the figures, nor are the tasks started until then. */
  readonly warmUp?: { readonly durationMs: number; readonly tasks: number };
  /** Only where the policy waits to be called back. */
  readonly calls?: {
    readonly received: number;
    /** Swallowed on the way, as the scenario asks for. */
    readonly lost: number;
    /** Tasks that were seen to end by a call; polls found the others. */
    readonly endedTasks: number;
  };
  readonly metrics?: LoadMetrics;
  readonly series?: LoadSeries;
  readonly stages?: readonly LoadStage[];
  readonly percentiles?: {
    readonly submit: readonly PercentilePoint[];
    readonly poll: readonly PercentilePoint[];
    readonly timeToDetect: readonly PercentilePoint[];
  };
  /** What must be true of every run and was not, a sentence each: the target contradicts itself. */
  readonly broken?: readonly string[];
  /** Why the run ended before its plan was through: interrupted, a threshold that aborts, a target that died. */
  readonly partial?: string;
  /** Present for a saturation run. */
  readonly saturation?: {
    readonly requests: number;
    readonly durationMs: number;
    readonly requestsPerSecond: number;
    readonly connections: number;
    readonly errors: number;
    readonly non2xx: number;
    /** In the order in which they were made; the figures above are those of the ceiling of polls. */
    readonly steps?: readonly SaturationStep[];
    readonly ceilings?: readonly SaturationCeiling[];
  };
}

/** One policy of a comparison, on the same seeded tasks as the others. */
export interface PolicyRow {
  /** In the words of `--policy`. */
  readonly policy: string;
  readonly timeToDetectMs: LatencySummary;
  readonly pollsPerTask: number;
  readonly metrics: LoadMetrics;
  readonly tasks: LoadReport['tasks'];
  /** No other policy is both faster to detect (mean) and cheaper in polls. */
  readonly onFront: boolean;
  readonly curve: readonly PercentilePoint[];
}

/** The result of `proofsheet load --compare-policies`. */
export interface PolicyComparison {
  readonly schemaVersion: 1;
  readonly kind: 'load-comparison';
  readonly vendor: string;
  readonly target: string;
  readonly seed: number;
  readonly scenario?: string;
  readonly tasks: number;
  readonly rows: readonly PolicyRow[];
  readonly recommended: { readonly policy: string; readonly reason: string };
}
