import { type Check, findingAt, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { endOf, isPolled, placeIn, pollingOnly } from '../judging.js';

export const failureHasReason: Check = {
  id: 'failure-has-reason',
  title: 'A failed task says why',
  rationale: 'Without a reason nobody knows whether to change the prompt, to try again or to call the vendor.',
  facts: ['H12'],
  covers: (contract) => unique(...tasksOf(contract).map(({ failures }) => failures?.moderation.facts)),
  faults: ['failure-without-reason'],
  judge(evidence) {
    const failed = evidence.journeys.flatMap((journey) => {
      const end = endOf(journey);
      return end?.view.phase === 'failed' ? [{ journey, end }] : [];
    });
    const findings = failed
      .filter(({ end }) => {
        const { code, message, type } = end.view.error ?? {};
        return [code, message, type].every((part) => part === undefined || part === null || part === '');
      })
      .map(({ journey, end }) =>
        findingAt(evidence, [journey.submit, end.sent], {
          facts: orElse(journey.operation.task.failures?.moderation.facts, ['H12']),
          pointer: placeIn(journey, end.sent, 'error.code') || placeIn(journey, end.sent, 'error.message'),
          message: 'A task has failed and gives no reason',
          expected: 'a code or a message',
          observed: 'neither',
        }),
      );
    return judgement(evidence, failed.length, findings, {
      probes: ['failing-prompt'],
      unseen: 'no task failed',
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
