import type { SubmitOperation } from '../../contract/contract.js';
import { withAt } from '../../core/pointer.js';
import { chosen, type Ranked } from '../cases/thoroughness.js';
import { submitsOf, unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, SkipProbe, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

interface Clamped extends Ranked {
  readonly operation: SubmitOperation;
  readonly clamp: NonNullable<SubmitOperation['task']['clamp']>[number];
  readonly value: number;
  readonly side: 'below' | 'above';
}

function clampsOf({ contract, cases, loopback }: ProbeSetting) {
  const all: readonly Clamped[] = submitsOf(contract).flatMap((operation) =>
    (operation.task.clamp ?? []).flatMap((clamp) => [
      { operation, clamp, value: clamp.minimum - 1, side: 'below' },
      { operation, clamp, value: clamp.maximum + 1, side: 'above' },
      { operation, clamp, value: clamp.minimum - 2, side: 'below', more: true as const },
      { operation, clamp, value: -1_000_000, side: 'below', more: true as const },
      { operation, clamp, value: 2 ** 31, side: 'above', more: true as const },
    ]),
  );
  // Each pays for as many images as the bound allows.
  return chosen(all, loopback ? cases : 'sample');
}

export const clamps: Probe = {
  id: 'clamps',
  title: 'Numbers that the vendor moves into bounds',
  rationale: 'Where the page promises to bend a number instead of refusing it, clients rely on it not failing.',
  depth: 'full',
  tasks: (setting) => clampsOf(setting).length,
  async run(context) {
    const rng = context.rng();
    const plans = clampsOf(context);
    if (plans.length === 0) throw new SkipProbe('the contract states no number that is moved into bounds');
    await together(
      plans.map(({ operation, clamp, value, side }) => {
        const minimal = minimalBody(context.contract, operation, plainPrompt(rng));
        if (minimal === undefined) return undefined;
        const what = `whose ${clamp.pointer} is ${value}, ${side} ${side === 'below' ? clamp.minimum : clamp.maximum}`;
        return context.travel({
          operation,
          body: withAt(minimal, clamp.pointer, value),
          purpose: { case: 'clamped', what, facts: unique(clamp.facts), pointer: clamp.pointer },
        });
      }),
    );
  },
};
