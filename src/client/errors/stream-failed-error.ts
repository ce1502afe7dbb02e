import { ProofsheetError } from '../../core/errors.js';
import { type ExitCode, exitCodes } from '../../core/exit-codes.js';

/** The vendor broke off a stream with an error event: the picture that was asked for will not come. */
export class StreamFailedError extends ProofsheetError {
  override readonly name = 'StreamFailedError';
  override readonly exitCode: ExitCode = exitCodes.violations;
  /** Why, in the vendor's words; absent where it gives no reason. */
  readonly reason?: string;
  /** The vendor's own code. */
  readonly code?: string | number;
  /** The vendor's own type. */
  readonly type?: string;

  constructor(
    vendor: string,
    { message, code, type }: { readonly message?: string; readonly code?: string | number; readonly type?: string },
  ) {
    super(`${vendor} broke off the stream: ${message ?? 'it gives no reason'}`);
    if (message !== undefined) this.reason = message;
    if (code !== undefined) this.code = code;
    if (type !== undefined) this.type = type;
  }
}
