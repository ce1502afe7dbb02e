import { readAnswer } from '../../contract/answer-shape.js';
import { type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import { tasksOf } from '../contract-facts.js';
import type { Sent } from '../evidence.js';
import { sentFor } from '../judging.js';

export const errorNamesConstant: Check = {
  id: 'error-names-constant',
  title: 'Codes and types of errors are the same in every language',
  rationale: 'A client that works for one user takes the same error for an unknown one when another user runs it.',
  facts: ['H15i'],
  faults: ['translates-codes'],
  judge(evidence) {
    const [task] = tasksOf(evidence.contract);
    const named = (sent: Sent) => {
      const { error } = readAnswer(task?.errors.answer ?? {}, sent.json);
      return JSON.stringify([sent.status, error?.code ?? null, error?.type ?? null]);
    };
    const [first, ...others] = sentFor(evidence, 'other-language').filter(
      (sent) => isRefused(sent) && sent.status !== 429,
    );
    const findings = others.flatMap((sent): DraftFinding[] =>
      first === undefined || named(first) === named(sent)
        ? []
        : [
            findingAt(evidence, [first, sent], {
              facts: ['H15i'],
              message: `An error is named otherwise ${sent.purpose.what}`,
              expected: named(first),
              observed: named(sent),
            }),
          ],
    );
    return judgement(evidence, others.length, findings, {
      probes: ['languages'],
      unseen: 'the same mistake was not refused twice',
    });
  },
};
