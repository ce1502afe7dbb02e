import { type Check, findingAt, judgement } from '../check.js';

/** How the traces of common runtimes read; each needs a place in a source file, so that prose is never taken for one. */
const traces = [
  /\n\s+at [^\n]*\([^\n)]*:\d+:\d+\)/,
  /\\n\s+at [^\n]*\([^\n)]*:\d+:\d+\)/,
  /Traceback \(most recent call last\)/,
  /File "[^"\n]+\.py\\?", line \d+/,
  /\bat [\w$.]+\([\w$]+\.(java|kt|scala):\d+\)/,
  /goroutine \d+ \[running\]/,
  /#\d+ \/[^\n]+\.php\(\d+\)/,
];

export const noStackTrace: Check = {
  id: 'no-stack-trace',
  title: 'No answer shows the inside of the server',
  rationale: 'A trace tells attackers what to attack, and a user nothing.',
  facts: ['H2'],
  faults: ['shows-stack-trace'],
  codes: ['F309'],
  judge(evidence) {
    const judged = evidence.sent.filter(
      ({ status = 0, exchange }) => status >= 400 && exchange.answer?.body !== undefined,
    );
    const findings = judged.flatMap((sent) => {
      const body = sent.exchange.answer?.body ?? '';
      const found = traces.map((trace) => trace.exec(body)?.[0]).find((text) => text !== undefined);
      if (found === undefined) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H2'],
          message: `The answer ${sent.status} to a request ${sent.purpose.what} shows a stack trace`,
          expected: 'a reason in words',
          observed: found.trim().slice(0, 120),
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was refused' });
  },
};
