import { formatDuration } from '../../core/duration.js';
import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** The time allowed is over and the task has not ended. It goes on at the vendor: ask again with `resume`. */
export class DeadlineError extends ProofsheetError {
  override readonly name = 'DeadlineError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  /** What `resume` needs. */
  readonly taskId: string;
  readonly timeoutMs: number;

  constructor(taskId: string, timeoutMs: number, lastSeen: string) {
    super(
      `Task ${taskId} has not ended within ${formatDuration(timeoutMs)} (${lastSeen}). ` +
        'It was not submitted again; resume it with this id.',
    );
    this.taskId = taskId;
    this.timeoutMs = timeoutMs;
  }
}
