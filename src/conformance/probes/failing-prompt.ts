import { repeatsRequest, unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, submitOf } from '../probe.js';
import { unicodePrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

/** Moderation that lets a prompt pass now and then shows when it is asked again; elsewhere a prompt that passes is paid. */
const timesAt = ({ loopback }: ProbeSetting) => (loopback ? 4 : 1);

export const failingPrompt: Probe = {
  id: 'failing-prompt',
  title: 'A prompt that moderation refuses',
  rationale: 'Failure is part of the contract: it must say why, cost nothing and stay as it is.',
  depth: 'full',
  alone: true,
  tasks: (setting) => (setting.contract.submit === undefined ? 0 : timesAt(setting)),
  async run(context) {
    const operation = submitOf(context);
    // Where the request comes back, it shows whether other scripts came through; the words that are refused stay first.
    const prompt = repeatsRequest(operation) ? `${context.failingPrompt}: ${unicodePrompt}` : context.failingPrompt;
    const body = minimalBody(context.contract, operation, prompt);
    if (body === undefined) return context.note('no legal request could be made from the contract');
    const { errors, failures } = operation.task;
    const plan: Parameters<typeof context.travel>[0] = {
      operation,
      body,
      purpose: {
        case: 'failing',
        what: 'whose prompt breaks the content policy',
        facts: unique(errors.kinds.moderation?.facts, failures?.moderation.facts),
        refusal: ['moderation', 'invalidRequest', 'forbidden'],
      },
      extraPolls: 2,
      watchBalance: true,
    };
    for (let time = 0; time < timesAt(context); time += 1) await context.travel(plan);
  },
};
