import { bodyConstraints, factsAround } from '../../contract/constraints.js';
import type { Contract } from '../../contract/contract.js';
import type { Content, Operation } from '../../contract/operations.js';
import type { KeywordCoverage } from '../../core/check-report.js';
import type { Evidence, Sent } from '../evidence.js';
import { createFits } from './fits.js';
import { valueKeywords } from './keywords.js';
import { answerReason, formReason, requestReason } from './reasons.js';
import type { ConstraintPlace } from './steps.js';

/** A contract of somebody else may be of any size; a report is not. */
const mostEntries = 5000;
const measured = new Set([
  ...Object.keys(valueKeywords),
  ...['required', 'dependentRequired', 'additionalProperties', 'not', 'contains', 'oneOf', 'anyOf'],
]);

type Part = Pick<KeywordCoverage, 'operation' | 'part'>;
type Place = Pick<KeywordCoverage, 'schema' | 'pointer' | 'keyword' | 'facts'>;
interface Tally {
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
interface Body {
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

function measure(
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

/** The bodies among some texts that are JSON, equal ones once. */
function bodiesOf(texts: readonly (string | undefined)[]): Body[] {
  const bodies = new Map<string, Body | undefined>();
  for (const text of texts) {
    if (text === undefined) continue;
    const known = bodies.get(text);
    if (known !== undefined) known.count += 1;
    else if (!bodies.has(text)) bodies.set(text, parsed(text));
  }
  return [...bodies.values()].filter((body) => body !== undefined);
}

/** An answer whose text is too long to be kept was read all the same. */
function largeBody({ exchange, json }: Sent): Body[] {
  return exchange.answer?.body === undefined && json !== undefined ? [{ value: json, count: 1 }] : [];
}

function parsed(text: string): Body | undefined {
  try {
    return { value: JSON.parse(text), count: 1 };
  } catch {
    return undefined;
  }
}

const isJson = (type: string) => /[/+]json\b/.test(type);

function schemasOf(content: Content): { readonly type: string; readonly schema: string }[] {
  return Object.entries(content).flatMap(([type, schema]) => (schema === undefined ? [] : [{ type, schema }]));
}

/** The documented response that an answer falls under. */
function partOf({ responses }: Operation, status: number): string | undefined {
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((name) => responses[name] !== undefined);
}

function groupBy<T>(list: readonly T[], keyFor: (one: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyFor(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/**
 * How far each constraint of the contract's JSON bodies was exercised: by requests that kept and that broke it, and by
 * answers that had something at its place. Where one was not, it says why.
 */
export function keywordCoverage(evidence: Evidence): KeywordCoverage[] {
  const { contract, sent } = evidence;
  const byOperation = groupBy(sent, ({ operation }) => operation?.id);
  const all = contract.operations.flatMap((operation) => {
    const own: readonly Sent[] = byOperation.get(operation.id) ?? [];
    const requests = schemasOf(operation.request).flatMap(({ type, schema }) => {
      const part = { operation: operation.id, part: 'request' };
      if (!isJson(type)) return measure(contract, part, schema, [], () => formReason);
      const bodies = bodiesOf(own.map(({ exchange }) => exchange.request.body));
      return measure(contract, part, schema, bodies, (one) => requestReason(evidence, operation, bodies.length, one));
    });
    const byPart = groupBy(own, ({ status }) => (status === undefined ? undefined : partOf(operation, status)));
    const answers = Object.entries(operation.responses).flatMap(([status, { content }]) =>
      schemasOf(content)
        .filter(({ type }) => isJson(type))
        .flatMap(({ schema }) => {
          const came = byPart.get(status) ?? [];
          const bodies = [...bodiesOf(came.map(({ exchange }) => exchange.answer?.body)), ...came.flatMap(largeBody)];
          const part = { operation: operation.id, part: status };
          return measure(contract, part, schema, bodies, (one) => answerReason(status, bodies.length, one));
        }),
    );
    return [...requests, ...answers];
  });
  return all.slice(0, mostEntries);
}
