import { type Check, findingAt, judgement } from '../check.js';

export const answersWhole: Check = {
  id: 'answers-whole',
  title: 'Every request gets a whole answer',
  rationale: 'After a cut or missing answer nobody knows whether a task was created, and what it will cost.',
  facts: ['H2'],
  faults: ['cuts-answers', 'connection-reset', 'empty-reply', 'cuts-stream', 'stalls-stream'],
  codes: ['F312'],
  judge(evidence) {
    const findings = evidence.sent
      .filter(({ exchange, purpose }) => {
        // Downloads are judged with their images, and where we hung up ourselves there is nothing to get.
        if (purpose.case === 'result' || purpose.case === 'hung-up') return false;
        return exchange.failure !== undefined || exchange.answer?.truncated === true;
      })
      .map((sent) =>
        findingAt(evidence, sent, {
          facts: ['H2'],
          message: `A request ${sent.purpose.what} gets ${sent.exchange.failure === undefined ? 'only a part of an answer' : 'no answer'}`,
          expected: 'a whole answer',
          observed: sent.exchange.failure ?? 'the body ended before its announced length',
        }),
      );
    return judgement(evidence, evidence.sent.length, findings, { probes: [], unseen: 'nothing was sent' });
  },
};
