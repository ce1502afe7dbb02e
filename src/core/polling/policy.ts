/** What is known when the wait before a poll is chosen; everything may be missing. */
export interface PollFacts {
  /** A draw from [0, 1): chance is handed in, so that equal seeds wait equally. Without it jitter takes its middle. */
  readonly chance?: number;
  /** Milliseconds that this policy gave before the last poll; absent before the first. */
  readonly previousMs?: number;
  /** Milliseconds since the task was submitted. */
  readonly elapsedMs?: number;
  /** How many milliseconds the vendor expects the whole task to take. */
  readonly etaMs?: number;
  /** How many milliseconds the vendor advises between two polls. */
  readonly adviceMs?: number;
  /** How many milliseconds the server asked to wait, in its last answer. */
  readonly retryAfterMs?: number;
}

/** How long to wait before a poll: a pure value, shared by whoever polls. */
export interface PollingPolicy {
  /** As `parsePolicy` takes it. */
  readonly name: string;
  /** The task is expected to call back when it has ended: polls are only the net beneath. */
  readonly callback?: boolean;
  /** Milliseconds to wait before poll number `poll`, which counts from 1. */
  delayMs(poll: number, facts?: PollFacts): number;
}

/** The middle of the range: what jitter waits where nobody hands in chance. */
export const MIDDLE = 0.5;
