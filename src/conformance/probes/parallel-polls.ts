import { unique } from '../contract-facts.js';
import { type Probe, SkipProbe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

/** So many that a server which moves a task on with each poll is through with it. */
const many = 8;
const fewOnline = 3;

export const parallelPolls: Probe = {
  id: 'parallel-polls',
  title: 'Many polls of one task at the same moment',
  rationale: 'GET is safe: it may be repeated, prefetched and retried, and the task must not notice.',
  depth: 'full',
  tasks: ({ contract }) => (contract.poll === undefined ? 0 : 1),
  async run(context) {
    const operation = submitOf(context);
    if (context.contract.poll === undefined) throw new SkipProbe('this vendor has no tasks to ask for');
    const body = minimalBody(context.contract, operation, plainPrompt(context.rng()));
    if (body === undefined) return context.note('no legal request could be made from the contract');
    await context.travel({
      operation,
      body,
      purpose: { case: 'valid', what: 'that is polled by several at once', facts: unique(operation.facts, ['H7']) },
      pollsAtOnce: context.loopback ? many : fewOnline,
    });
  },
};
