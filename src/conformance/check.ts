import type { Contract } from '../contract/contract.js';
import type { FaultCode } from '../core/fault-taxonomy.js';
import type { Evidence, Sent } from './evidence.js';

/** A violation before the runner has weighed it. */
export interface DraftFinding {
  /** Ids of the facts that are broken; they decide the severity. */
  readonly facts: readonly string[];
  readonly operation: string;
  readonly message: string;
  /** JSON pointer into the request or answer body that shows it; empty for the whole answer. */
  readonly pointer: string;
  /** Ids of the exchanges that show it; the last one is the decisive one. */
  readonly exchanges: readonly string[];
  readonly expected?: string;
  readonly observed?: string;
  /** The server has shown that it follows the documented reading, by serving the operation. */
  readonly shown?: boolean;
}

export interface Judgement {
  /** How many observations were judged. */
  readonly observations: number;
  readonly findings: readonly DraftFinding[];
  /** Why nothing could be said although it was tried. */
  readonly inconclusive?: string;
  /** Why there was nothing to judge. */
  readonly skipped?: string;
}

/** Judges what was seen; it never sends anything. */
export interface Check {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  /** Who is hurt by a server that breaks it. */
  readonly rationale: string;
  /** Common facts that it can cite, whatever the vendor. */
  readonly facts: readonly string[];
  /** Facts that this contract states at the places which the check looks at. */
  covers?(contract: Contract): readonly string[];
  /** Ids of the mock's faults that must trip it. */
  readonly faults: readonly string[];
  /** Codes of the public list of faults that a finding falls under, where it has one. */
  readonly codes?: readonly FaultCode[];
  judge(evidence: Evidence): Judgement;
}

/** `POST /v1/images`, or the URL where no operation of the contract was meant. */
function operationOf(sent: Sent): string {
  const { method, url } = sent.exchange.request;
  return `${method} ${sent.operation === undefined ? url : sent.operation.path}`;
}

export type FindingParts = Pick<DraftFinding, 'facts' | 'message'> &
  Partial<Pick<DraftFinding, 'pointer' | 'expected' | 'observed'>>;

/** A finding about the last of some exchanges. */
export function findingAt(evidence: Evidence, sent: Sent | readonly Sent[], parts: FindingParts): DraftFinding {
  const list: readonly Sent[] = Array.isArray(sent) ? sent : [sent as Sent];
  // A download belongs to the operation that delivered its URL: thus equal findings of many images become one.
  const last = list.findLast(({ operation }) => operation !== undefined) ?? list.at(-1);
  return {
    pointer: '',
    ...parts,
    operation: last === undefined ? '' : operationOf(last),
    exchanges: list.map(({ exchange }) => exchange.id),
    shown: evidence.isShown(last?.operation),
  };
}

/** How an answer reads in a message: its status, or why there is none. */
export function answerOf(sent: Sent): string {
  return sent.status === undefined ? `no answer (${sent.exchange.failure ?? 'unknown'})` : `status ${sent.status}`;
}

export function isAccepted(sent: Sent): boolean {
  return sent.status !== undefined && sent.status >= 200 && sent.status < 300;
}

export function isRefused(sent: Sent): boolean {
  return sent.status !== undefined && sent.status >= 400 && sent.status < 500;
}

/** Refusals that say nothing about the request itself. */
export const besideThePoint: readonly number[] = [402, 408, 429];

/** Whether an answer says that the request itself is wrong. */
export function refusesRequest(sent: Sent): boolean {
  return isRefused(sent) && !besideThePoint.includes(sent.status ?? 0);
}

/**
 * A judgement over observations; without any it says why: the probes that would have brought them did not run (skipped),
 * or ran and never saw the thing (inconclusive).
 */
export function judgement(
  evidence: Evidence,
  observations: number,
  findings: readonly DraftFinding[],
  needs: { readonly probes: readonly string[]; readonly unseen: string; readonly absent?: string | undefined },
): Judgement {
  const base = { observations, findings };
  if (observations > 0 || findings.length > 0) return base;
  if (needs.absent !== undefined) return { ...base, skipped: needs.absent };
  const outcomes = needs.probes.flatMap((id) => evidence.probes.get(id) ?? []);
  const ran = outcomes.some(({ verdict }) => verdict !== 'skipped');
  if (ran || needs.probes.length === 0) return { ...base, inconclusive: needs.unseen };
  const reasons = outcomes.map(({ id, reason }) => `probe ${id}: ${reason ?? 'not run'}`);
  return { ...base, skipped: reasons.length > 0 ? reasons.join('; ') : 'no probe of this run looks at it' };
}
