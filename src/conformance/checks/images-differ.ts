import { type Check, findingAt, judgement } from '../check.js';
import { submitsOf } from '../contract-facts.js';
import type { ResultObservation } from '../evidence.js';
import { hasSucceeded, shownBy, taskProbes } from '../judging.js';

/** The first image that equals one before it, to the byte. */
function repeated(results: readonly ResultObservation[]): ResultObservation | undefined {
  const seen = new Set<string>();
  return results.find(({ sha256 }) => {
    if (sha256 === undefined) return false;
    const again = seen.has(sha256);
    seen.add(sha256);
    return again;
  });
}

export const imagesDiffer: Check = {
  id: 'images-differ',
  title: 'Several images are several pictures',
  rationale: 'Four variants were paid for, and one was delivered four times.',
  facts: ['H6i'],
  faults: ['same-picture-twice'],
  judge(evidence) {
    const judged = evidence.journeys.filter(
      (journey) => hasSucceeded(journey) && journey.results.filter(({ sha256 }) => sha256 !== undefined).length > 1,
    );
    const findings = judged.flatMap((journey) => {
      const again = repeated(journey.results);
      if (again === undefined) return [];
      return [
        findingAt(evidence, shownBy(journey, again.index), {
          facts: ['H6i'],
          pointer: journey.operation.task.request.count ?? '',
          message: 'Two images of one task are the same file',
          expected: `${journey.results.length} different images`,
          observed: `sha256 ${again.sha256?.slice(0, 16)} twice`,
        }),
      ];
    });
    const asks = submitsOf(evidence.contract).some(({ task }) => task.request.count !== undefined);
    return judgement(evidence, judged.length, findings, {
      probes: taskProbes,
      unseen: 'no task delivered several images',
      absent: asks ? undefined : 'a request cannot ask for several images',
    });
  },
};
