import { isTerminal } from '../../core/task.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { isPolled, pollingOnly, taskProbes, viewsOf } from '../judging.js';

/** How long any cache may keep an answer, in seconds; undefined where nothing allows it. */
function keptFor(header: string | undefined): number | undefined {
  if (header === undefined || /\b(no-store|no-cache|private)\b/i.test(header)) return undefined;
  const seconds = /\bs-maxage=(\d+)/i.exec(header)?.[1] ?? /\bmax-age=(\d+)/i.exec(header)?.[1];
  return seconds === undefined || Number(seconds) === 0 ? undefined : Number(seconds);
}

export const pollNotCached: Check = {
  id: 'poll-not-cached',
  title: 'No cache may keep the answer about a task that goes on',
  rationale: 'A proxy answers in the vendor’s place, and the task never ends for everybody behind it.',
  facts: ['H15i'],
  faults: ['cacheable-polls'],
  judge(evidence) {
    const judged = evidence.journeys
      .flatMap((journey) => viewsOf(journey).slice(1))
      .filter(({ view }) => view.phase !== undefined && !isTerminal(view.phase));
    const findings = judged.flatMap(({ sent }): DraftFinding[] => {
      const header = sent.exchange.answer?.headers['cache-control'];
      const seconds = keptFor(header);
      if (seconds === undefined) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H15i'],
          message: `Any cache may keep the answer about a running task for ${seconds} s`,
          expected: 'no-store, or nothing that allows it',
          observed: header ?? '',
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, {
      probes: taskProbes,
      unseen: 'no task was seen before its end',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
