import { type Check, findingAt, judgement } from '../check.js';
import type { Sent } from '../evidence.js';

/** Milliseconds; far more than a loaded machine adds. */
const longest = 10_000;

/** A vendor that answers with the pictures themselves works while the connection is open; files may be large. */
function mayTakeLonger({ operation, purpose }: Sent): boolean {
  return purpose.case === 'result' || (operation?.task?.mode === 'sync' && purpose.refusal === undefined);
}

export const answersInTime: Check = {
  id: 'answers-in-time',
  title: 'Answers come within ten seconds',
  rationale: 'Most clients give up after some seconds, and a submit that they gave up may still become a task.',
  facts: ['H17i'],
  faults: ['latency', 'slow-drip'],
  codes: ['F312'],
  judge(evidence) {
    const judged = evidence.sent.filter((sent) => sent.status !== undefined && !mayTakeLonger(sent));
    const findings = judged.flatMap((sent) => {
      const took = sent.exchange.finishedAt - sent.exchange.startedAt;
      if (took <= longest) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H17i'],
          message: 'An answer takes longer than ten seconds',
          expected: `${longest / 1000} s at most`,
          observed: `${(took / 1000).toFixed(1)} s for a request ${sent.purpose.what}`,
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was answered' });
  },
};
