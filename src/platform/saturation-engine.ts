import type { LatencySummary } from '../core/load-report.js';

interface SaturationRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sockets that each keep exactly one request open. */
  readonly connections: number;
  readonly durationMs: number;
  /** Requests a second over all connections; infinite for as many as fit. */
  readonly mostPerSecond: number;
  readonly signal?: AbortSignal;
}

export interface SaturationFigures {
  readonly requests: number;
  readonly durationMs: number;
  /** Requests without an answer, time-outs among them. */
  readonly errors: number;
  readonly non2xx: number;
  readonly timeouts: number;
  readonly latencyMs: LatencySummary;
}

/** Sends as many requests as fit through the connections; an abort ends it early with the figures so far. */
export type SaturationEngine = (request: SaturationRequest) => Promise<SaturationFigures>;

/** The engine is loaded when it is needed: it is large, and only this mode uses it. */
export const saturate: SaturationEngine = async (request) => {
  const { method, url, body, headers, connections, durationMs, mostPerSecond, signal } = request;
  const { default: autocannon } = await import('autocannon');
  const run = autocannon({
    url,
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
    connections,
    duration: durationMs / 1000,
    // The end is noticed only at a sample, so short runs need short samples.
    sampleInt: Math.min(1000, Math.max(10, durationMs / 10)),
    // Only with a rate would it add latencies that nobody measured (its correction for coordinated omission assumes one
    // request a millisecond), and only with a rate it lets itself be told not to.
    ...(Number.isFinite(mostPerSecond)
      ? { overallRate: Math.floor(mostPerSecond), ignoreCoordinatedOmission: true }
      : {}),
  });
  const stop = () => run.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { latency, requests, duration, errors, non2xx, timeouts } = await run;
    return {
      requests: requests.total,
      durationMs: duration * 1000,
      errors,
      non2xx,
      timeouts,
      latencyMs: {
        count: latency.totalCount,
        mean: latency.average,
        p50: latency.p50,
        p90: latency.p90,
        p99: latency.p99,
        p999: latency.p99_9,
        max: latency.max,
      },
    };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
};
