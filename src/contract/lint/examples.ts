import { ContractError, type ContractProblem } from '../../core/errors.js';
import { getAt, toPointer } from '../../core/pointer.js';
import type { Contract } from '../contract.js';
import { resolve } from '../operations.js';
import { isNode } from './schema-places.js';

/** What a value breaks, or what keeps the schema from being one. */
function broken(contract: Contract, schema: string, value: unknown, pointer: string, what: string): ContractProblem[] {
  try {
    return contract.violations(schema, value).map((violation) => ({
      pointer: pointer + violation.pointer,
      message: `${what} breaks ${violation.schema}: ${violation.message}`,
    }));
  } catch (error) {
    if (error instanceof ContractError) return [...error.problems];
    throw error;
  }
}

/** Examples of JSON bodies, by the pointer of each value. */
function examplesIn(document: unknown, body: string): { readonly schema: string; readonly values: string[] }[] {
  const { pointer, value } = resolve(document, body);
  const content = isNode(value) && isNode(value['content']) ? value['content'] : {};
  return Object.entries(content).flatMap(([type, media]) => {
    if (!/\bjson\b/i.test(type) || !isNode(media) || media['schema'] === undefined) return [];
    const at = pointer + toPointer(['content', type]);
    const named = Object.keys(isNode(media['examples']) ? media['examples'] : {});
    const values = named.map((name) => `${resolve(document, at + toPointer(['examples', name])).pointer}/value`);
    return [
      { schema: `${at}/schema`, values: [...(media['example'] === undefined ? [] : [`${at}/example`]), ...values] },
    ];
  });
}

/** Examples and defaults that do not satisfy their own schema, and schemas that are none. */
export function exampleProblems(
  contract: Contract,
  schemas: ReadonlyMap<string, Record<string, unknown>>,
): ContractProblem[] {
  const { document, operations } = contract;
  const problems = new Map<string, ContractProblem>();
  const add = (list: readonly ContractProblem[]) => {
    for (const one of list) problems.set(JSON.stringify(one), one);
  };
  for (const { pointer, responses } of operations)
    for (const body of [
      `${pointer}/requestBody`,
      ...Object.keys(responses).map((status) => `${pointer}/responses/${status}`),
    ])
      for (const { schema, values } of examplesIn(document, body))
        for (const at of values) {
          const value = getAt(document, at);
          if (value !== undefined) add(broken(contract, schema, value, at, 'the example'));
        }
  for (const [pointer, schema] of schemas)
    if (schema['default'] !== undefined)
      add(broken(contract, pointer, schema['default'], `${pointer}/default`, 'the default'));
    // Looked at for its own sake: a pattern that does not parse, say.
    else if (schema['pattern'] !== undefined)
      add(broken(contract, pointer, undefined, pointer, '').filter(({ message }) => message.includes('usable schema')));
  return [...problems.values()];
}
