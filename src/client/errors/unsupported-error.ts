import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** The vendor's contract has no way to do what was asked. Nothing was sent. */
export class UnsupportedError extends ProofsheetError {
  override readonly name = 'UnsupportedError';
  override readonly exitCode: ExitCode = exitCodes.usage;
  /** What cannot be done: the name of a request field or of a method. */
  readonly what: string;
  /** What can be asked for instead; empty where nothing can. */
  readonly supported: readonly string[];

  constructor(vendor: string, what: string, problem: string, supported: readonly string[] = []) {
    super(`${vendor}: ${problem}${supported.length > 0 ? `; it can: ${supported.join(', ')}` : ''}. Nothing was sent.`);
    this.what = what;
    this.supported = supported;
  }
}
