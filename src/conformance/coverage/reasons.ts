import type { Operation } from '../../contract/operations.js';
import type { KeywordCoverage } from '../../core/check-report.js';
import type { Evidence } from '../evidence.js';

interface CountedText extends Pick<KeywordCoverage, 'in' | 'kept' | 'broken' | 'keyword'> {
  /** What the contract says at the keyword. */
  readonly value: unknown;
}
type Counted = Pick<KeywordCoverage, 'pointer' | 'kept' | 'broken'>;

/** What probes left out at a place of the body, in their words: `/n is above its maximum: …`. */
function leftOut({ probes }: Evidence, pointer: string): string | undefined {
  const notes = [...probes.values()].flatMap((probe) => probe.notes);
  const note = notes.find((text) => text.startsWith(`${pointer} `));
  return note?.slice(pointer.length + 1);
}

/** Why a constraint of a request was not exercised on both sides; undefined where it was. */
export function requestReason(
  evidence: Evidence,
  operation: Operation,
  sent: number,
  { pointer, kept, broken }: Counted,
): string | undefined {
  const { depth } = evidence;
  if (kept > 0 && broken > 0) return undefined;
  if (sent === 0) {
    if (operation.task === undefined) return 'no probe sends bodies to this operation';
    return depth === 'full' ? 'no such request was sent' : `depth ${depth} sends no such request`;
  }
  if (broken > 0) return `no request that kept it was sent${depth === 'full' ? '' : ` at depth ${depth}`}`;
  const note = leftOut(evidence, pointer);
  if (note !== undefined) return `not broken: ${note}`;
  if (depth !== 'full') return `depth ${depth} breaks only what is surely refused`;
  return kept > 0 ? 'no request breaks it alone' : 'no request had a value there';
}

/** Why a constraint of an answer was not seen; undefined where it was. */
export function answerReason(status: string, answers: number, { kept, broken }: Counted): string | undefined {
  if (kept + broken > 0) return undefined;
  return answers === 0 ? `no answer with status ${status} came` : 'no answer had a value there';
}

/** Why a constraint of a parameter was not exercised on both sides; undefined where it was. */
export function parameterReason(
  sent: number,
  { in: where, keyword, value, kept, broken }: CountedText,
): string | undefined {
  if (kept > 0 && broken > 0) return undefined;
  if (sent === 0) return 'no request to this operation was sent';
  if (broken > 0) return 'no request that kept it was sent';
  if (kept === 0) return 'no request had a value there';
  if (where === 'path' && (keyword === 'required' || keyword === 'minLength'))
    return 'without it the address is another one';
  if (keyword === 'type' && value === 'string') return 'whatever an address or a header holds is a text';
  return 'no request breaks it';
}

export const unreadReason = 'a body that is neither JSON nor a form is not read';
