import { submitsOf } from './contract-facts.js';
import { type Negative, negativesOf } from './negatives.js';
import { type ProbeContext, type ProbeSetting, refusedAs } from './probe.js';
import { submitCall } from './requests.js';

export function countNegatives({ contract }: ProbeSetting, wanted: (negative: Negative) => boolean): number {
  return submitsOf(contract).reduce(
    (count, operation) => count + negativesOf(contract, operation).negatives.filter(wanted).length,
    0,
  );
}

/** Sends the broken requests of one sort, and writes down which constraints could not be broken. */
export async function sendNegatives(context: ProbeContext, wanted: (negative: Negative) => boolean): Promise<void> {
  const { contract, target } = context;
  for (const operation of submitsOf(contract)) {
    const { negatives, skipped } = negativesOf(contract, operation);
    for (const reason of skipped) context.note(reason);
    for (const negative of negatives.filter(wanted)) {
      const purpose = refusedAs(
        'broken-constraint',
        `whose ${negative.what}`,
        negative.facts,
        ['invalidRequest'],
        negative.pointer,
      );
      await context.send(submitCall(target, operation, negative.body, purpose));
    }
  }
}
