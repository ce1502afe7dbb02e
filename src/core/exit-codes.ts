/** Why the process ended; CI pipelines depend on these numbers. */
export const exitCodes = {
  /** Conformant, or every threshold met. */
  ok: 0,
  /** At least one violation at or above the asked severity, or a missed threshold. */
  violations: 1,
  /** The command line, a file or a contract is wrong. */
  usage: 2,
  /** Nothing could be judged: unreachable, key refused, no balance. */
  notJudged: 3,
  /** A fault of our own. */
  internal: 4,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
