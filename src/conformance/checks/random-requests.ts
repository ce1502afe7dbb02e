import { answerOf, type Check, type DraftFinding, findingAt, isAccepted, judgement, refusesRequest } from '../check.js';
import { unique } from '../contract-facts.js';
import type { Sent } from '../evidence.js';
import { requestFacts, sentFor } from '../judging.js';

/** What is wrong with the answer to a random request; undefined where nothing is. */
function wrongWith(sent: Sent): string | undefined {
  if ((sent.status ?? 0) >= 500) return 'makes the server fail';
  if (sent.purpose.refusal === undefined) return refusesRequest(sent) ? 'is refused' : undefined;
  return isAccepted(sent) ? 'is accepted' : undefined;
}

function sizeOf({ exchange }: Sent): number {
  return exchange.request.body?.length ?? Number.MAX_SAFE_INTEGER;
}

export const randomRequests: Check = {
  id: 'random-requests',
  title: 'Random requests are taken or refused as the contract says',
  rationale: 'Users send what nobody thought of when the rules were written and tested.',
  facts: ['H12'],
  covers: requestFacts,
  faults: ['accepts-invalid', 'crashes-on-invalid', 'refuses-valid'],
  codes: ['F100', 'F121', 'F206', 'F207'],
  judge(evidence) {
    const judged = sentFor(evidence, 'explored').filter(({ status }) => status !== undefined && status !== 429);
    // One finding for each sort of failure: the smallest request that shows it.
    const smallest = new Map<string, { sent: Sent; wrong: string }>();
    for (const sent of judged) {
      const wrong = wrongWith(sent);
      if (wrong === undefined) continue;
      const key = `${sent.operation?.id} ${wrong} ${sent.purpose.refusal === undefined}`;
      const known = smallest.get(key);
      if (known === undefined || sizeOf(sent) <= sizeOf(known.sent)) smallest.set(key, { sent, wrong });
    }
    const findings = [...smallest.values()].map(({ sent, wrong }): DraftFinding => {
      const { what, facts, pointer, again, refusal } = sent.purpose;
      const failed = (sent.status ?? 0) >= 500;
      return findingAt(evidence, sent, {
        facts: failed ? unique(['H12'], facts) : facts,
        message: `A request ${what} ${wrong}; smaller ones were not found. Again with: ${again}`,
        pointer: pointer ?? '',
        expected: refusal === undefined ? 'the documented accepted answer' : 'a refusal with a 4xx',
        observed: answerOf(sent),
      });
    });
    return judgement(evidence, judged.length, findings, {
      probes: ['fuzz-illegal', 'fuzz-legal'],
      unseen: 'no random request was answered',
    });
  },
};
