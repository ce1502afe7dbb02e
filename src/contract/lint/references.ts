import type { ContractProblem } from '../../core/errors.js';
import { toPointer } from '../../core/pointer.js';
import type { OpenApiDocument } from '../document.js';
import { resolve } from '../operations.js';
import { isNode } from './schema-places.js';

/** What stands under these is data, whatever it looks like. */
const data = new Set(['example', 'value', 'default', 'const', 'enum']);

/** References that lead nowhere, in a circle, or out of the file. */
export function referenceProblems(document: OpenApiDocument): ContractProblem[] {
  const problems: ContractProblem[] = [];
  const walk = (value: unknown, pointer: string) => {
    if (value === null || typeof value !== 'object') return;
    const ref = isNode(value) ? value['$ref'] : undefined;
    if (typeof ref === 'string') {
      const at = { pointer: `${pointer}/$ref` };
      if (!ref.startsWith('#/'))
        problems.push({
          ...at,
          message: `is ${ref}: only references within the file are followed, such as #/components/schemas/Task`,
        });
      else if (resolve(document, decodeURIComponent(ref.slice(1))).value === undefined)
        problems.push({ ...at, message: `leads nowhere: ${ref}` });
    }
    for (const [key, member] of Object.entries(value)) if (!data.has(key)) walk(member, pointer + toPointer([key]));
  };
  walk(document, '');
  return problems;
}
