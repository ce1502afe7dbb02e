import { type Json, withAt } from '../../core/pointer.js';
import { unique } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { noKeyPromised } from '../idempotency.js';
import { type Probe, refusedAs, SkipProbe, submitOf, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody, submitCall } from '../requests.js';

export const repeatedSubmit: Probe = {
  id: 'repeated-submit',
  title: 'One submit several times under one idempotency key',
  rationale: 'Whoever lost the answer to a submit has nothing but the key to find out without paying twice.',
  depth: 'full',
  alone: true,
  tasks: ({ contract }) => (contract.submit?.task.idempotency === undefined ? 0 : 2),
  async run(context) {
    const operation = submitOf(context);
    const rule = operation.task.idempotency;
    const { contract, target } = context;
    if (rule === undefined) throw new SkipProbe(noKeyPromised(contract) ?? '');
    const rng = context.rng();
    const prompt = plainPrompt(rng);
    const body = minimalBody(contract, operation, prompt);
    const place = operation.task.request.prompt;
    if (body === undefined || place === undefined)
      throw new SkipProbe('no legal request could be made from the contract');
    // Equal seeds send equal requests, and a server remembers keys for days: the moment makes them new.
    const newKey = () => `proofsheet-${context.now().toString(36)}-${rng.text('abcdefghijkmnpqrstuvwxyz23456789', 12)}`;
    const facts = unique(rule.facts, operation.facts);
    const again: Purpose = { case: 'repeated', what: 'that is repeated with its idempotency key', facts };
    const call = (key: string, sent: Json, purpose: Purpose) => {
      const plain = submitCall(target, operation, sent, purpose);
      return context.send({ ...plain, headers: { ...plain.headers, [rule.header]: key } });
    };
    const key = newKey();
    await context.travel({
      operation,
      body,
      purpose: { case: 'valid', what: 'with an idempotency key', facts },
      headers: { [rule.header]: key },
      watchBalance: true,
      async meanwhile() {
        await call(key, body, again);
        const other = withAt(body, place, `${prompt}, by night`);
        await call(
          key,
          other,
          refusedAs('reused-key', 'that uses an idempotency key again', facts, ['idempotencyReused']),
        );
      },
    });
    const shared = newKey();
    await together(
      [1, 2].map(() => call(shared, withAt(body, place, `${prompt}, at dawn`), again).then(() => undefined)),
    );
  },
};
