import { hash32 } from '../../src/platform/random.js';
import type { Fault } from '../fault.js';

export const moderatesNowAndThen: Fault = {
  id: 'moderates-now-and-then',
  title: 'Refuses a prompt at one time and makes its picture at another',
  rationale: 'Nobody can tell a user what is allowed, and some try until they get it.',
  facts: ['H19i'],
  applies: ({ submit }) => {
    const { moderation, other = [] } = submit?.task.failures ?? {};
    // Elsewhere nobody could tell it from a task that fails by chance.
    return moderation?.code !== undefined && other.every(({ code }) => code !== moderation.code);
  },
  plan: (plan, { contract }) => {
    const isModeration = plan.failure?.code === contract.submit?.task.failures?.moderation.code;
    if (plan.failure === undefined || !isModeration || hash32('lets pass', plan.seed) % 2 === 0) return plan;
    const { failure: _, ...rest } = plan;
    return { ...rest, outcome: 'succeeded' };
  },
};
