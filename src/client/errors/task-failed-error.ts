import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

export interface TaskFailure {
  readonly taskId: string;
  /** `cancelled` where the vendor says that somebody ended the task. */
  readonly phase: 'failed' | 'cancelled';
  /** Why, in the vendor's words; absent where it gives no reason. */
  readonly reason?: string;
  /** The vendor's own code. */
  readonly code?: string | number;
  /** The vendor's own type. */
  readonly type?: string;
}

/** The task was accepted and ended without images. */
export class TaskFailedError extends ProofsheetError implements TaskFailure {
  override readonly name = 'TaskFailedError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  readonly taskId: string;
  readonly phase: 'failed' | 'cancelled';
  readonly reason?: string;
  readonly code?: string | number;
  readonly type?: string;

  constructor({ taskId, phase, reason, code, type }: TaskFailure) {
    super(
      `Task ${taskId} ${phase === 'failed' ? 'failed' : 'was cancelled'}: ${reason ?? 'the vendor gives no reason'}`,
    );
    this.taskId = taskId;
    this.phase = phase;
    if (reason !== undefined) this.reason = reason;
    if (code !== undefined) this.code = code;
    if (type !== undefined) this.type = type;
  }
}
