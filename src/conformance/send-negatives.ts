import { type Negative, negativesOf } from './cases/negatives.js';
import { chosen } from './cases/thoroughness.js';
import { submitsOf } from './contract-facts.js';
import { type ProbeContext, type ProbeSetting, refusedAs } from './probe.js';
import { submitCall } from './requests.js';
import { sendAll } from './send-all.js';

function negativesAt({ contract, cases }: ProbeSetting, wanted: (negative: Negative) => boolean) {
  return submitsOf(contract).map((operation) => {
    const { negatives, skipped } = negativesOf(contract, operation);
    return { operation, skipped, negatives: chosen(negatives.filter(wanted), cases) };
  });
}

export function countNegatives(setting: ProbeSetting, wanted: (negative: Negative) => boolean): number {
  return negativesAt(setting, wanted).reduce((count, { negatives }) => count + negatives.length, 0);
}

/** Sends the broken requests of one sort, and writes down which constraints could not be broken. */
export async function sendNegatives(context: ProbeContext, wanted: (negative: Negative) => boolean): Promise<void> {
  const all = negativesAt(context, wanted);
  for (const reason of all.flatMap(({ skipped }) => skipped)) context.note(reason);
  await sendAll(
    context,
    all.flatMap(({ operation, negatives }) =>
      negatives.map(({ body, what, facts, pointer }) => {
        const purpose = refusedAs('broken-constraint', `whose ${what}`, facts, ['invalidRequest'], pointer);
        return submitCall(context.target, operation, body, purpose);
      }),
    ),
  );
}
