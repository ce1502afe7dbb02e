import type { AnswerShape } from '../../contract/async-task.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import { getAt } from '../../core/pointer.js';
import { isAccepted, isRefused } from '../check.js';
import { tasksOf } from '../contract-facts.js';
import type { Evidence, Sent } from '../evidence.js';

/** Places that stand in every answer of a shape, whatever the phase. */
function fixedPlaces(shape: AnswerShape | undefined): string[] {
  return Object.entries(shape ?? {})
    .filter(([pointer, field]) => !pointer.includes('*') && !('when' in field && field.when !== undefined))
    .map(([pointer]) => pointer);
}

/** Whether the answers have a place that only the usual reading has. */
function contradicts(
  answers: readonly Sent[],
  usual: AnswerShape | undefined,
  other: AnswerShape | undefined,
): boolean {
  const left = fixedPlaces(usual).filter((place) => !Object.hasOwn(other ?? {}, place));
  return answers.some(({ json }) => left.some((place) => getAt(json, place) !== undefined));
}

function submitIn(contract: Contract, id: string): SubmitOperation | undefined {
  return contract.operations.find((operation) => operation.id === id) as SubmitOperation | undefined;
}

/**
 * Whether the answers hold what a dialect leaves out. A dialect that asks for less than the contract explains anything
 * that is missing; it is only believed where all that it leaves out is missing.
 */
export function holdsMore({ contract, sent, journeys }: Evidence, dialect: Contract): boolean {
  const [usual] = tasksOf(contract);
  const [other] = tasksOf(dialect);
  const refusals = sent.filter((one) => one.purpose.refusal !== undefined && isRefused(one) && one.json !== undefined);
  if (contradicts(refusals, usual?.errors.answer, other?.errors.answer)) return true;
  return journeys.some(({ operation, submit, polls }) => {
    const again = submitIn(dialect, operation.id)?.task;
    const answered = polls.map((poll) => poll.sent).filter(isAccepted);
    return (
      contradicts(isAccepted(submit) ? [submit] : [], operation.task.answer, again?.answer) ||
      contradicts(answered, operation.task.poll?.answer, again?.poll?.answer)
    );
  });
}
