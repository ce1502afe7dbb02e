import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/**
 * Nobody here knows what became of the request: it may have been accepted, and may cost money. It is never sent again
 * by itself. With a `taskId` the task exists and can be resumed.
 */
export class OutcomeUnknownError extends ProofsheetError {
  override readonly name = 'OutcomeUnknownError';
  override readonly exitCode: ExitCode = exitCodes.notJudged;
  readonly taskId?: string;
  /** HTTP status, where an answer came that does not tell the outcome. */
  readonly status?: number;

  constructor(
    message: string,
    details: { readonly taskId?: string; readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    if (details.taskId !== undefined) this.taskId = details.taskId;
    if (details.status !== undefined) this.status = details.status;
  }
}
