import { type Probe, submitOf } from '../probe.js';
import { unicodePrompt as prompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

export const unicodePrompt: Probe = {
  id: 'unicode-prompt',
  title: 'A prompt in many scripts',
  rationale: 'Most people do not write in ASCII; an encoding mistake spoils their prompts without a word.',
  depth: 'full',
  tasks: ({ contract }) => (contract.submit === undefined ? 0 : 1),
  async run(context) {
    const operation = submitOf(context);
    const body = minimalBody(context.contract, operation, prompt);
    if (body === undefined) return context.note('no legal request could be made from the contract');
    const what = 'whose prompt is Chinese, Japanese, Arabic, Hebrew and emoji';
    await context.travel({ operation, body, purpose: { case: 'valid', what, facts: ['H10'] } });
  },
};
