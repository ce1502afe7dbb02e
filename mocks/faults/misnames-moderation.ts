import type { Contract } from '../../src/contract/contract.js';
import type { TaskError } from '../../src/core/task.js';
import type { Fault } from '../fault.js';

/** A reason that the page has for something else than moderation, by a name of its own. */
function otherReason({ submit }: Contract): TaskError | undefined {
  const { moderation, other = [] } = submit?.task.failures ?? {};
  return other.find(({ code }) => code !== undefined && moderation?.code !== undefined && code !== moderation.code) as
    | TaskError
    | undefined;
}

export const misnamesModeration: Fault = {
  id: 'misnames-moderation',
  title: 'Gives a prompt that moderation refused the name of another failure',
  rationale: 'A program tries a prompt again and again that it would have to change.',
  facts: [],
  breaks: ({ submit }) => submit?.task.failures?.moderation.facts ?? [],
  applies: (contract) => otherReason(contract) !== undefined,
  plan: (plan, { contract }) => {
    const isModeration = plan.failure?.code === contract.submit?.task.failures?.moderation.code;
    const other = otherReason(contract);
    return plan.failure === undefined || !isModeration || other === undefined ? plan : { ...plan, failure: other };
  },
};
