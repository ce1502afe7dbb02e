import type { Contract } from '../contract/contract.js';
import type { Evidence, Sent } from './evidence.js';

/**
 * Whether the server has shown, by answering it, that it serves an operation of which only pages beside the vendor's
 * own speak: from then on it is bound by what they say.
 */
export function shownIn(contract: Contract, sent: readonly Sent[]): Evidence['isShown'] {
  const served = new Set(
    sent.flatMap(({ operation, status = 0 }) =>
      operation !== undefined && status >= 200 && status < 300 ? [operation.id] : [],
    ),
  );
  const isOnlyDocumented = (facts: readonly string[]) =>
    facts.length > 0 && facts.every((id) => contract.facts.get(id)?.mark === 'D');
  return (operation) => operation !== undefined && served.has(operation.id) && isOnlyDocumented(operation.facts);
}
