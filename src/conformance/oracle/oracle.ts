import type { Operation } from '../../contract/operations.js';

/** An answer as another judge sees it. */
interface JudgedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface JudgedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Somebody else's validator of the same contract. */
export interface Oracle {
  readonly name: string;
  readonly version: string;
  /** What it has against an answer; nothing means that it agrees. */
  answer(operation: Operation, answer: JudgedAnswer): readonly string[];
  /** What it has against a JSON request. */
  request(operation: Operation, request: JudgedRequest): readonly string[];
}
