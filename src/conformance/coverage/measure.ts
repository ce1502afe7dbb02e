import { bodyConstraints, factsAround } from '../../contract/constraints.js';
import type { Contract } from '../../contract/contract.js';
import type { KeywordCoverage } from '../../core/check-report.js';
import { createFits } from './fits.js';
import { valueKeywords } from './keywords.js';
import type { ConstraintPlace } from './steps.js';

const measured = new Set([
  ...Object.keys(valueKeywords),
  ...['required', 'dependentRequired', 'additionalProperties', 'not', 'contains', 'oneOf', 'anyOf'],
]);

/** What a constraint is asked of. */
export type Part = Pick<KeywordCoverage, 'operation' | 'part' | 'in'>;
/** Where a constraint stands, and what it is about. */
export type Place = Pick<KeywordCoverage, 'schema' | 'pointer' | 'keyword' | 'facts'>;
export interface Tally {
  kept: number;
  broken: number;
}

const keyOf = (schema: string, pointer: string) => `${schema} ${pointer}`;

/** The constraints of a body that can be kept or broken, by where they stand. */
function placesOf({ document }: Contract, schema: string): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { pointer, keyword, value, body, conditional } of bodyConstraints(document, schema)) {
    if (conditional || !measured.has(keyword) || (keyword === 'additionalProperties' && value === true)) continue;
    // Alternatives are one constraint together: a body has to fit one of them.
    const at = keyword === 'oneOf' || keyword === 'anyOf' ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer;
    const facts = factsAround(document, pointer);
    places.set(keyOf(at, body), { schema: at, pointer: body, keyword, facts });
  }
  return places;
}

/** A body, and how often it was sent or came: most answers to polls are equal. */
export interface Body {
  readonly value: unknown;
  count: number;
}

/** How many of some bodies kept each constraint and how many broke it; a body breaks one if any part of it does. */
function tally(document: unknown, schema: string, bodies: readonly Body[]): ReadonlyMap<string, Tally> {
  const fits = createFits(document, schema);
  const tallies = new Map<ConstraintPlace, Tally>();
  for (const { value, count } of bodies) {
    const seen = new Map<ConstraintPlace, boolean>();
    fits(value, (place, holds) => void seen.set(place, holds && seen.get(place) !== false));
    for (const [place, holds] of seen) {
      let one = tallies.get(place);
      if (one === undefined) {
        one = { kept: 0, broken: 0 };
        tallies.set(place, one);
      }
      one[holds ? 'kept' : 'broken'] += count;
    }
  }
  // The same place can be reached by several ways, such as two conditions.
  const sums = new Map<string, Tally>();
  for (const [{ constraint, body }, { kept, broken }] of tallies) {
    const known = sums.get(keyOf(constraint, body)) ?? { kept: 0, broken: 0 };
    sums.set(keyOf(constraint, body), { kept: known.kept + kept, broken: known.broken + broken });
  }
  return sums;
}

/** Every constraint of a schema with its counts; `reasonFor` says of one why it was not exercised. */
export function measure(
  contract: Contract,
  part: Part,
  schema: string,
  bodies: readonly Body[],
  reasonFor: (counted: Tally & Place) => string | undefined,
): KeywordCoverage[] {
  const tallies = tally(contract.document, schema, bodies);
  return [...placesOf(contract, schema)].map(([key, place]) => {
    const counted = { ...place, ...(tallies.get(key) ?? { kept: 0, broken: 0 }) };
    const reason = reasonFor(counted);
    return { ...part, ...counted, ...(reason === undefined ? {} : { reason }) };
  });
}
