import { keyFacts } from './contract-facts.js';
import type { Credential } from './evidence.js';
import { type ProbeContext, refusedAs } from './probe.js';
import { plainPrompt } from './prompts.js';
import type { Call } from './recorder.js';
import { type CallOptions, minimalBody, plainCall, pollCall, submitCall } from './requests.js';
import { plausibleTaskId } from './task-ids.js';

type KeyCase = 'missing-key' | 'malformed-key' | 'unknown-key';

/** One otherwise legal request to each operation that needs a key, with a wrong one. */
export function securedCalls(
  context: ProbeContext,
  keyCase: KeyCase,
  what: string,
  credential: Credential,
  options: CallOptions = {},
): Call[] {
  const { contract, target } = context;
  const rng = context.rng();
  const purpose = refusedAs(keyCase, what, keyFacts(contract), ['unauthorized']);
  const wrong = { ...options, credential };
  return contract.operations
    .filter(({ secured }) => secured)
    .flatMap((operation): Call[] => {
      if (operation.task !== undefined) {
        const submit = { ...operation, task: operation.task };
        const body = minimalBody(contract, submit, plainPrompt(rng));
        return body === undefined ? [] : [submitCall(target, submit, body, purpose, wrong)];
      }
      if (operation.id === contract.poll?.id)
        return [pollCall(target, operation, plausibleTaskId(contract, rng), purpose, wrong)];
      if (operation.method !== 'GET') {
        context.note(`${operation.id}: not asked with a wrong key, its request is not known`);
        return [];
      }
      const path = operation.path.replace(/\{[^}]+\}/g, 'proofsheet');
      return [{ ...plainCall(target, 'GET', path, purpose, wrong), operation }];
    });
}
