import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** The vendor's own code. */
  readonly code?: string | number;
  /** The vendor's own type. */
  readonly type?: string;
  /** True where the same request may be sent again without harm; absent where nobody says so. */
  readonly retryable?: boolean;
  /** Milliseconds that the vendor asks to wait before the next request. */
  readonly retryAfterMs?: number;
  /** The task that was asked for; absent where a submit was refused. */
  readonly taskId?: string;
}

/** The vendor answered with an error: nothing was made of the request, or a task could not be read. */
export class VendorRefusedError extends ProofsheetError implements Refusal {
  override readonly name = 'VendorRefusedError';
  override readonly exitCode: ExitCode = exitCodes.notJudged;
  readonly status: number;
  readonly code?: string | number;
  readonly type?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly taskId?: string;

  constructor(message: string, { status, code, type, retryable, retryAfterMs, taskId }: Refusal) {
    super(message);
    this.status = status;
    if (code !== undefined) this.code = code;
    if (type !== undefined) this.type = type;
    if (retryable !== undefined) this.retryable = retryable;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    if (taskId !== undefined) this.taskId = taskId;
  }
}
