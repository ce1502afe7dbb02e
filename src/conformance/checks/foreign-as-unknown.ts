import { readAnswer } from '../../contract/answer-shape.js';
import { answerOf, type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import { tasksOf } from '../contract-facts.js';
import type { Sent } from '../evidence.js';
import { sentFor } from '../judging.js';

export const foreignAsUnknown: Check = {
  id: 'foreign-as-unknown',
  title: 'A task of another account looks like one that does not exist',
  rationale: 'Whoever can tell the two apart can find out which ids exist.',
  facts: ['H9i'],
  faults: ['tells-foreign-task'],
  codes: ['F304'],
  judge(evidence) {
    const task = tasksOf(evidence.contract)[0];
    // The first of these asks for an id of the right form, as that of another account is.
    const unknown = sentFor(evidence, 'unknown-task')[0];
    const told = (sent: Sent) => {
      const { error } = readAnswer(task?.errors.answer ?? {}, sent.json);
      return JSON.stringify([sent.status, error?.code ?? null, error?.type ?? null]);
    };
    const judged = sentFor(evidence, 'foreign-task').filter((sent) => isRefused(sent) && sent.status !== 429);
    const isKnown = unknown !== undefined && isRefused(unknown) && unknown.status !== 429;
    const findings = !isKnown
      ? []
      : judged.flatMap((sent): DraftFinding[] => {
          if (told(sent) === told(unknown)) return [];
          return [
            findingAt(evidence, [unknown, sent], {
              facts: ['H9i'],
              message: 'A task of another account is refused otherwise than one that does not exist',
              expected: `${answerOf(unknown)}, ${told(unknown)}`,
              observed: `${answerOf(sent)}, ${told(sent)}`,
            }),
          ];
        });
    return judgement(evidence, isKnown ? judged.length : 0, findings, {
      probes: ['foreign-account'],
      unseen: 'the two were not both refused',
    });
  },
};
