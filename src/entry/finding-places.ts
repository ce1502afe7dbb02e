import type { Contract } from '../contract/contract.js';
import { type FactPlace, factPlaces } from '../contract/fact-places.js';
import type { Finding } from '../core/check-report.js';
import { pointerTokens, toPointer } from '../core/pointer.js';

/** The fields of a body that lead to a place of the contract: what stands behind each `properties`. */
function fieldsOf(pointer: string): string[] {
  const tokens = pointerTokens(pointer);
  return tokens.filter((_, index) => tokens[index - 1] === 'properties');
}

function bodyFields(pointer: string): string[] {
  return pointer.startsWith('/') ? pointerTokens(pointer).filter((token) => !/^(\d+|\*)$/.test(token)) : [];
}

/** How well a place that states a fact fits what was found: its field first, then its operation. */
function closeness(place: FactPlace, operation: string | undefined, fields: readonly string[]): number {
  const own = fieldsOf(place.pointer);
  const sameField = own.length > 0 && own.at(-1) === fields.at(-1);
  const sameOperation = operation !== undefined && place.operations.has(operation);
  return (sameField ? 4 : 0) + (sameOperation ? 2 : 0) + (own.length === 0 && fields.length === 0 ? 1 : 0);
}

/**
 * JSON pointer of the place in the contract that states what a finding breaks: where a broken fact is stated about the
 * same field or operation, else the operation itself, else the fact in the list of all facts.
 */
export function placeFinder(contract: Contract): (finding: Finding) => string {
  const places = factPlaces(contract.document);
  return ({ ledger, operation, pointer }) => {
    const meant = contract.operations.find(({ method, path }) => `${method} ${path}` === operation);
    const fields = bodyFields(pointer);
    let best: { readonly pointer: string; readonly fits: number } | undefined;
    for (const place of ledger.flatMap((id) => places.get(id) ?? [])) {
      const fits = closeness(place, meant?.id, fields);
      if (best === undefined || fits > best.fits) best = { pointer: place.pointer, fits };
    }
    if (best !== undefined) return best.pointer;
    if (meant !== undefined) return meant.pointer;
    const listed = ledger.find((id) => contract.document['x-facts']?.[id] !== undefined);
    return listed === undefined ? '' : toPointer(['x-facts', listed]);
  };
}
