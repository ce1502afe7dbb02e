import { ProofsheetError } from '../../core/errors.js';
import type { LoadReport } from '../../core/load-report.js';

/** The reason under which a summary counts tasks that were seen to end before they had. */
export const EARLY = 'detected before it was ready';

/** What a driver that knows both sides tells, so that one can be held against the other. */
export interface Accounts {
  /** Tasks that the server will have charged once all have ended. */
  readonly charged: number;
  /** Tasks that their users will have paid for: seen to succeed, given up but going to, or still live and going to. */
  readonly paid: number;
  readonly callbacks: { readonly due: number; readonly delivered: number; readonly lost: number };
  /** The run went on until nothing was left to happen. */
  readonly complete: boolean;
}

function brokenSums({ started, succeeded, failed, cancelled, abandoned, live }: LoadReport['tasks']): string[] {
  const ended = succeeded + failed + cancelled + abandoned;
  return started === ended + live ? [] : [`${started} tasks went in, ${ended} ended and ${live} are live`];
}

/** Throws where tasks got lost between start and end: a fault of ours (exit 4), whatever the target did. */
export function checkSums({ tasks }: Pick<LoadReport, 'tasks'>): void {
  const broken = brokenSums(tasks);
  if (broken.length > 0) throw new ProofsheetError(`The load run contradicts itself: ${broken.join('; ')}`);
}

/** What the target said that cannot be true; each is one sentence. */
export function brokenByTarget({ errors }: Pick<LoadReport, 'errors'>): string[] {
  const early = errors[EARLY] ?? 0;
  return early === 0 ? [] : [`${early} tasks were detected before they were ready`];
}

/** What must be true of every run; each broken promise is one sentence. */
export function brokenInvariants(
  { tasks, errors }: Pick<LoadReport, 'tasks' | 'errors'>,
  { charged, paid, callbacks, complete }: Accounts,
): string[] {
  const { live } = tasks;
  const told = callbacks.delivered + callbacks.lost;
  return [
    ...brokenSums(tasks),
    ...(complete && live > 0 ? [`${live} tasks are live although nothing is left to happen`] : []),
    ...(charged === paid ? [] : [`the server charged ${charged} tasks, their users paid ${paid}`]),
    ...brokenByTarget({ errors }),
    ...((complete ? told === callbacks.due : told <= callbacks.due)
      ? []
      : [`${callbacks.due} calls were due, ${callbacks.delivered} delivered and ${callbacks.lost} lost`]),
  ];
}

/** Throws where a run contradicts itself: a fault of ours (exit 4), whatever the target did. */
export function assertInvariants(report: Pick<LoadReport, 'tasks' | 'errors'>, accounts: Accounts): void {
  const broken = brokenInvariants(report, accounts);
  if (broken.length > 0) throw new ProofsheetError(`The load run contradicts itself: ${broken.join('; ')}`);
}
