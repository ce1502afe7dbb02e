/** The life of a generation job, in five words that every vendor's own words map onto. */
export const phases = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type Phase = (typeof phases)[number];

export function isTerminal(phase: Phase): boolean {
  return phase === 'succeeded' || phase === 'failed' || phase === 'cancelled';
}

const rank: Record<Phase, number> = { queued: 0, running: 1, succeeded: 2, failed: 2, cancelled: 2 };

/** Phases may be skipped, never gone back; a terminal phase is never left. */
export function isLegalTransition(from: Phase, to: Phase): boolean {
  return from === to || (!isTerminal(from) && rank[to] > rank[from]);
}

/** One delivered image as an answer tells of it. */
export interface TaskResult {
  readonly url?: string;
  readonly b64?: string;
  /** Unix milliseconds. */
  readonly expiresAt?: number;
}

export interface TaskError {
  readonly code?: string | number;
  readonly type?: string;
  readonly message?: string;
}

/** Token counts of a synchronous vendor. */
export interface TokenUsage {
  readonly input: number;
  readonly inputText: number;
  readonly inputImage: number;
  readonly output: number;
  readonly total: number;
}

/**
 * What one answer says about a task, freed of the vendor's shape. The mock renders it and client and runner read it
 * through the same pointers of the contract, so reading a rendered view gives the view back.
 */
export interface TaskView {
  readonly id?: string;
  /** The vendor's own status word as it stood in the answer. */
  readonly statusWord?: unknown;
  /** Absent when the word is not in the contract's map. */
  readonly phase?: Phase;
  /** As sent: 0 to 100 where the vendor keeps its promise. */
  readonly progress?: number;
  readonly model?: string;
  /** Unix milliseconds. */
  readonly createdAt?: number;
  /** Unix milliseconds. */
  readonly finishedAt?: number;
  /** Expected whole duration in seconds. */
  readonly etaSeconds?: number;
  /** Actual duration in seconds. */
  readonly elapsedSeconds?: number;
  /** In the vendor's own unit. */
  readonly cost?: number;
  /** In the vendor's own unit, held back until the task ends. */
  readonly reserved?: number;
  readonly results: readonly TaskResult[];
  readonly error?: TaskError;
  readonly usage?: Partial<TokenUsage>;
  /** The request as the vendor echoes it. */
  readonly request?: unknown;
  /** Request parameters that the answer repeats, by role (size, quality, …). */
  readonly params?: Readonly<Record<string, unknown>>;
}
