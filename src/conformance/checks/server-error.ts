import { type Check, findingAt, judgement } from '../check.js';
import { submitsOf, unique } from '../contract-facts.js';
import type { Sent } from '../evidence.js';

/** Methods may be unknown to a server altogether, and 501 says so. */
const notImplemented = 501;

/** What a poll promises in its answer, a failed task's included, is broken where it fails instead. */
function promised({ purpose, operation }: Sent): readonly string[] | undefined {
  return purpose.case === 'poll' ? operation?.responses['200']?.facts : undefined;
}

export const serverError: Check = {
  id: 'server-error',
  title: 'Nothing we send makes the server fail',
  rationale: 'A 5xx tells a client to try again: a mistake of its own then loops for ever, and a good request is lost.',
  facts: ['H2', 'H12'],
  covers: (contract) => unique(...submitsOf(contract).map(({ facts }) => facts)),
  faults: ['crashes-on-invalid', 'unknown-task-crashes', 'error-burst'],
  codes: ['F100', 'F121', 'F205'],
  judge(evidence) {
    const judged = evidence.sent.filter(
      ({ status, purpose }) => status !== undefined && !['result', 'explored'].includes(purpose.case),
    );
    const findings = judged
      .filter(({ status, purpose }) => {
        const failed = status !== undefined && status >= 500;
        return failed && !(status === notImplemented && purpose.case === 'wrong-method');
      })
      .map((sent) =>
        findingAt(evidence, sent, {
          facts:
            sent.purpose.refusal === undefined
              ? unique(sent.operation?.facts, promised(sent), ['H12'])
              : unique(['H12'], sent.purpose.facts),
          message: `A request ${sent.purpose.what} makes the server fail with ${sent.status}`,
          pointer: sent.purpose.pointer ?? '',
          expected: sent.purpose.refusal === undefined ? 'an answer below 500' : 'a refusal with a 4xx',
          observed: `status ${sent.status}`,
        }),
      );
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was answered' });
  },
};
