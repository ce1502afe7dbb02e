import { type ExitCode, exitCodes } from './exit-codes.js';

/** An error that a person can act on: what was seen, what is allowed, where to look. Printed without a stack. */
export class ProofsheetError extends Error {
  override readonly name: string = 'ProofsheetError';
  readonly exitCode: ExitCode = exitCodes.internal;
}

/** A wrong flag, value or file. */
export class UsageError extends ProofsheetError {
  override readonly name = 'UsageError';
  override readonly exitCode = exitCodes.usage;
}

/** One mistake in a contract file. */
export interface ContractProblem {
  /** JSON pointer into the contract. */
  readonly pointer: string;
  readonly message: string;
}

/** A contract file that cannot be read or does not say what it must. */
export class ContractError extends ProofsheetError {
  override readonly name = 'ContractError';
  override readonly exitCode = exitCodes.usage;
  readonly file: string;
  readonly problems: readonly ContractProblem[];

  constructor(file: string, problems: readonly ContractProblem[]) {
    const lines = problems.slice(0, 20).map(({ pointer, message }) => `  ${pointer || '(whole document)'}: ${message}`);
    super(`${file} is not a usable contract:\n${lines.join('\n')}`);
    this.file = file;
    this.problems = problems;
  }
}

/** The target could not be judged at all: unreachable, key refused, no balance. */
export class NotJudgedError extends ProofsheetError {
  override readonly name = 'NotJudgedError';
  override readonly exitCode = exitCodes.notJudged;
}
