import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** The vendor's answer is not what its contract says, so that nothing can be read from it. */
export class ContractBrokenError extends ProofsheetError {
  override readonly name = 'ContractBrokenError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  /** JSON pointer into the answer; empty for the whole answer. */
  readonly pointer: string;
  readonly taskId?: string;

  constructor(pointer: string, message: string, taskId?: string) {
    super(`The answer breaks the contract${pointer === '' ? '' : ` at ${pointer}`}: ${message}`);
    this.pointer = pointer;
    if (taskId !== undefined) this.taskId = taskId;
  }
}
