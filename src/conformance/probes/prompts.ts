import type { SubmitOperation } from '../../contract/contract.js';
import { promptCorpus } from '../cases/prompt-corpus.js';
import { limitPrompts } from '../cases/prompt-limits.js';
import { chosen } from '../cases/thoroughness.js';
import { repeatsRequest, unique } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { type Probe, type ProbeContext, type ProbeSetting, SkipProbe, submitOf, together } from '../probe.js';
import { minimalBody, submitCall } from '../requests.js';
import { sendAll } from '../send-all.js';

const anyRefusal = ['invalidRequest', 'moderation', 'forbidden', 'bodyTooLarge'] as const;

interface PromptCase {
  readonly prompt: string;
  readonly purpose: Purpose;
  /** Whether it must come back as it was. */
  readonly kept: boolean;
  readonly more?: true;
}

function casesAt(setting: ProbeSetting, operation: SubmitOperation): readonly PromptCase[] {
  const pointer = operation.task.request.prompt;
  if (pointer === undefined || !setting.loopback) return [];
  const own = promptCorpus.map(({ id, kind, prompt }): PromptCase => {
    const base = { what: `whose prompt is of the kind ${id}`, facts: ['H10'], pointer };
    const purpose: Purpose =
      kind === 'text' ? { ...base, case: 'valid' } : { ...base, case: 'open', refusal: anyRefusal };
    return { prompt, purpose, kept: kind !== 'odd', more: true };
  });
  const limits = limitPrompts(setting.contract, operation).map(({ prompt, what, facts }): PromptCase => {
    const purpose: Purpose = { case: 'valid', what: `whose prompt ${what}`, facts: unique(facts), pointer };
    return { prompt, purpose, kept: false, more: true };
  });
  return chosen([...own, ...limits], setting.cases);
}

/** Whether a vendor repeats a request, so that it shows what became of it; failed tasks do that, and are free. */
function shows({ contract }: ProbeSetting, operation: SubmitOperation): boolean {
  return contract.poll !== undefined && repeatsRequest(operation);
}

async function followFailing(context: ProbeContext, operation: SubmitOperation, kept: readonly PromptCase[]) {
  await together(
    kept.map(({ prompt, purpose }) => {
      const body = minimalBody(context.contract, operation, `${context.failingPrompt}: ${prompt}`);
      const open: Purpose = { ...purpose, case: 'open', refusal: anyRefusal };
      return body === undefined ? undefined : context.travel({ operation, body, purpose: open, extraPolls: 0 });
    }),
  );
}

export const prompts: Probe = {
  id: 'prompts',
  title: 'Prompts in every script, shaped like code, of odd characters and at the limit',
  rationale: 'Prompts are what strangers type: whatever they are, a server must neither fail on them nor spoil them.',
  depth: 'full',
  tasks(setting) {
    const { submit } = setting.contract;
    if (submit === undefined) return 0;
    const cases = casesAt(setting, submit);
    return cases.length + (shows(setting, submit) ? cases.filter(({ kept }) => kept).length : 0);
  },
  async run(context) {
    const operation = submitOf(context);
    const cases = casesAt(context, operation);
    if (cases.length === 0) throw new SkipProbe('only sent on this machine and in a whole run: each is a task');
    const calls = cases.flatMap(({ prompt, purpose }) => {
      const minimal = minimalBody(context.contract, operation, prompt);
      return minimal === undefined ? [] : [submitCall(context.target, operation, minimal, purpose)];
    });
    await sendAll(context, calls);
    if (shows(context, operation))
      await followFailing(
        context,
        operation,
        cases.filter(({ kept }) => kept),
      );
  },
};
