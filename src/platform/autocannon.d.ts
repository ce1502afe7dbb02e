// The package has no types of its own; this states only what is used here.
declare module 'autocannon' {
  export interface Options {
    url: string;
    method?: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string;
    connections?: number;
    /** Requests a second over all connections. */
    overallRate?: number;
    /** With a rate it else makes latencies up that nobody measured; without one it refuses to be told so. */
    ignoreCoordinatedOmission?: boolean;
    /** Seconds. */
    duration?: number;
    /** Milliseconds between two looks at the counters; the end is noticed at such a look. */
    sampleInt?: number;
  }

  export interface Result {
    /** Seconds. */
    duration: number;
    errors: number;
    timeouts: number;
    non2xx: number;
    /** Milliseconds. */
    latency: {
      average: number;
      max: number;
      p50: number;
      p90: number;
      p99: number;
      p99_9: number;
      totalCount: number;
    };
    requests: { total: number };
  }

  export interface Run extends Promise<Result> {
    stop(): void;
  }

  export default function autocannon(options: Options): Run;
}
