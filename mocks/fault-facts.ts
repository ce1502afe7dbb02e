import type { Contract } from '../src/contract/contract.js';
import { factPlaces } from '../src/contract/fact-places.js';
import type { Operation } from '../src/contract/operations.js';

/** Operations that start a task or tell of one. */
function ofTasks({ operations, poll }: Contract): Operation[] {
  return operations.filter((operation) => operation.task !== undefined || operation === poll);
}

function factsAt(contract: Contract, role: 'request' | 'answer', operations: readonly Operation[]): string[] {
  const ids = new Set(operations.map(({ id }) => id));
  return [...factPlaces(contract.document)]
    .filter(([, places]) =>
      places.some((place) => place.roles.has(role) && [...place.operations].some((id) => ids.has(id))),
    )
    .map(([fact]) => fact);
}

/** Facts that the contract states about what is submitted. */
export function submitFacts(contract: Contract): string[] {
  return factsAt(
    contract,
    'request',
    contract.operations.filter(({ task }) => task !== undefined),
  );
}

/** Facts that the contract states where it describes answers about tasks. */
export function answerFacts(contract: Contract): string[] {
  return factsAt(contract, 'answer', ofTasks(contract));
}

/** Facts that are about an operation as such, or about the answer that it gives when all is well. */
export function operationFacts(contract: Contract): string[] {
  return ofTasks(contract).flatMap(({ facts, responses }) => [...facts, ...(responses['200']?.facts ?? [])]);
}
