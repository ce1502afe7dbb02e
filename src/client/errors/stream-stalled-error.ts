import { formatDuration } from '../../core/duration.js';
import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** A stream was silent for too long, or did not end in the time allowed. What came until then stays good. */
export class StreamStalledError extends ProofsheetError {
  override readonly name = 'StreamStalledError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  /** The limit that was reached, in milliseconds. */
  readonly limitMs: number;

  constructor(vendor: string, limitMs: number, whole: boolean) {
    const what = whole ? 'has not ended within' : 'has said nothing for';
    super(`The stream of ${vendor} ${what} ${formatDuration(limitMs)}. The request was not sent again.`);
    this.limitMs = limitMs;
  }
}
