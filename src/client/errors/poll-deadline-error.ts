import { formatDuration } from '../../core/duration.js';
import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** The time allowed is over, and what is polled for has not ended. Nothing was done about it: poll again to go on. */
export class PollDeadlineError extends ProofsheetError {
  override readonly name = 'PollDeadlineError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  readonly deadlineMs: number;
  /** Questions asked. */
  readonly polls: number;
  /** `last seen running`, `last answer: 429`, … */
  readonly lastSeen: string;

  constructor(deadlineMs: number, polls: number, lastSeen: string) {
    super(`Not done within ${formatDuration(deadlineMs)} and ${polls} polls (${lastSeen})`);
    this.deadlineMs = deadlineMs;
    this.polls = polls;
    this.lastSeen = lastSeen;
  }
}
