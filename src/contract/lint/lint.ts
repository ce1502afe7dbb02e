import type { ContractProblem } from '../../core/errors.js';
import type { Contract } from '../contract.js';
import { exampleProblems } from './examples.js';
import { nameProblems } from './names.js';
import { referenceProblems } from './references.js';
import { contradictionProblems, schemasOf } from './schemas.js';
import { taskBlockProblems } from './task-block.js';

/**
 * Everything in a contract that contradicts itself or leads nowhere. A server would be accused of it, or nothing would be
 * judged where the reader believes that it is.
 */
export function contractProblems(contract: Contract): readonly ContractProblem[] {
  const references = referenceProblems(contract.document);
  // Whatever follows a reference would only say the same in other words.
  if (references.length > 0) return references;
  const schemas = schemasOf(contract.document);
  const plain = [...nameProblems(contract), ...contradictionProblems(schemas)];
  return plain.length > 0 ? plain : [...exampleProblems(contract, schemas), ...taskBlockProblems(contract)];
}
