import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { Violation } from '../../contract/validators.js';
import { getAt, type Json, toPointer, withAt, withoutAt } from '../../core/pointer.js';
import { taskPointer, unique } from '../contract-facts.js';
import { contentTypeOf, minimalBody } from '../requests.js';
import { examplesOf, formType, type Property, propertiesOf, requestSchema } from '../schema.js';
import { type BrokenValue, brokenValues } from './broken-values.js';
import { canonical } from './canonical.js';
import { type BrokenRule, brokenRules } from './cross-field.js';
import { bodyReader } from './form-value.js';
import { remembered } from './memo.js';
import type { Ranked } from './thoroughness.js';

/** Cited where a page leaves it open whether something odd is refused. */
export const openReading = 'H2i';

/** A request that breaks exactly one constraint of the contract. */
export interface Negative extends Ranked {
  readonly body: Json;
  /** JSON pointer into the body. */
  readonly pointer: string;
  readonly keyword: string;
  /** JSON pointers of the keywords in the contract that it breaks. */
  readonly constraints: readonly string[];
  /** Completes "a request whose …". */
  readonly what: string;
  readonly facts: readonly string[];
  /** A conforming server surely refuses it; otherwise it may accept it and create a task. */
  readonly certain: boolean;
}

export interface Negatives {
  readonly negatives: readonly Negative[];
  /** What was left out, and why. */
  readonly skipped: readonly string[];
}

/** The prompt of requests that are to be refused. */
const prompt = 'A plain test picture for a request that is to be refused';

function isAround(violation: Violation, pointer: string): boolean {
  return violation.pointer === pointer || violation.pointer.startsWith(`${pointer}/`);
}

/** What is wrong with a body as the other end reads it, each body validated once. */
function createViolationsOf(contract: Contract, operation: SubmitOperation, schema: string) {
  const read = bodyReader(contract, operation);
  const known = new Map<string, readonly Violation[]>();
  return (body: Json): readonly Violation[] => {
    const value = read(body);
    const text = JSON.stringify(value);
    const violations = known.get(text) ?? contract.violations(schema, value);
    known.set(text, violations);
    return violations;
  };
}

/** Whether the contract says that a field has no effect beside the rest of a body, so that nobody need refuse it. */
export function isIgnored(contract: Contract, operation: SubmitOperation, pointer: string, body: Json): boolean {
  const rules = operation.task.ignore ?? [];
  const place = taskPointer(contract, operation, 'ignore');
  return rules.some(
    (rule, index) => rule.pointer === pointer && contract.violations(`${place}/${index}/if`, body).length === 0,
  );
}

/** Whether a number is out of bounds in a way that the contract promises to mend. */
export function isClamped({ task }: SubmitOperation, pointer: string, value: unknown): boolean {
  return Number.isInteger(value) && (task.clamp?.some((clamp) => clamp.pointer === pointer) ?? false);
}

/** Legal requests to start from: the smallest, that with one other listed value, and the documented ones. */
function basesOf(
  contract: Contract,
  operation: SubmitOperation,
  properties: readonly Property[],
  minimal: Json,
): Json[] {
  const varied = properties.flatMap(({ name, keywords }) =>
    Array.isArray(keywords['enum'])
      ? keywords['enum'].map((value) => withAt(minimal, toPointer([name]), value as Json))
      : [],
  );
  const examples = examplesOf(contract, operation, contentTypeOf(operation)).map(([, value]) => value as Json);
  return [minimal, ...varied, ...examples];
}

interface Found {
  readonly body: Json;
  readonly violations: readonly Violation[];
}

/** The bodies with the value in that place, each made when it is asked for: mostly the first one will do. */
function* withEach(bases: readonly Json[], pointer: string, value: Json | undefined): Iterable<Json> {
  for (const base of bases) yield value === undefined ? withoutAt(base, pointer) : withAt(base, pointer, value);
}

/** The first of some bodies that break one place only; best is one in which only the field's own schema is broken. */
function breaksAlone(
  bodies: Iterable<Json>,
  place: { readonly pointer: string; readonly schema: string },
  violationsOf: (body: Json) => readonly Violation[],
  isIdle: (body: Json) => boolean,
): Found | 'without effect beside the rest' | 'cannot be broken alone' {
  let second: Found | undefined;
  let idle = false;
  for (const body of bodies) {
    const violations = violationsOf(body);
    if (violations.length === 0 || !violations.every((violation) => isAround(violation, place.pointer))) continue;
    if (isIdle(body)) {
      idle = true;
      continue;
    }
    if (violations.every((violation) => violation.schema.startsWith(place.schema))) return { body, violations };
    second ??= { body, violations };
  }
  return second ?? (idle ? 'without effect beside the rest' : 'cannot be broken alone');
}

/** In a form a number in quotes is that number: what was meant as a wrong type may be wrong for another reason only. */
function isOfOwnSchema({ violations }: Found, { schema }: Property, { keyword }: BrokenValue): boolean {
  return keyword !== 'type' || violations.some((violation) => violation.schema.startsWith(schema));
}

function wordsOf({ changed, body }: BrokenRule): string {
  return changed.map((at) => `${at} ${JSON.stringify(getAt(body, at)) ?? 'left out'}`).join(' with ');
}

function generate(contract: Contract, operation: SubmitOperation): Negatives {
  const schema = requestSchema(operation, contentTypeOf(operation));
  const minimal = minimalBody(contract, operation, prompt);
  if (schema === undefined || minimal === undefined || minimal === null || typeof minimal !== 'object')
    return { negatives: [], skipped: [`${operation.id}: no legal request could be made to start from`] };
  const violationsOf = createViolationsOf(contract, operation, schema);
  const read = bodyReader(contract, operation);
  const isForm = contentTypeOf(operation) === formType;
  const properties = propertiesOf(contract.document, schema);
  const bases = basesOf(contract, operation, properties, minimal).filter((body) => violationsOf(body).length === 0);
  const negatives: Negative[] = [];
  const skipped: string[] = [];
  const seen = new Set<string>();
  const add = (
    { body, violations }: Found,
    pointer: string,
    what: string,
    broken: Pick<BrokenValue, 'more' | 'lenient'>,
  ) => {
    const text = canonical(read(body));
    if (seen.has(text)) return;
    seen.add(text);
    const facts = broken.lenient === true ? [openReading] : unique(...violations.map((violation) => violation.facts));
    negatives.push({
      body,
      pointer,
      keyword: violations[0]?.keyword ?? '',
      constraints: violations.map((violation) => violation.schema),
      what,
      facts,
      certain: contract.severityOf(facts) === 'error',
      ...(broken.more === true ? { more: true } : {}),
    });
  };
  for (const property of properties) {
    const pointer = toPointer([property.name]);
    for (const broken of brokenValues(contract.document, property)) {
      const name = `${pointer} ${broken.what}`;
      const { value } = broken;
      if (isClamped(operation, pointer, value)) {
        skipped.push(`${name}: the contract moves such numbers into bounds`);
        continue;
      }
      const found = breaksAlone(
        withEach(bases, pointer, value),
        { pointer, schema: property.schema },
        violationsOf,
        (body) => isIgnored(contract, operation, pointer, body),
      );
      if (typeof found === 'string') {
        // A second way to break a keyword that happens to be legal is no gap.
        if (broken.more !== true) skipped.push(`${name}: ${found}`);
      } else if (!isForm || isOfOwnSchema(found, property, broken)) add(found, pointer, name, broken);
    }
  }
  for (const rule of brokenRules(contract.document, schema, minimal as Record<string, Json>, violationsOf)) {
    const pointer = rule.violations[0]?.pointer ?? '';
    const words = wordsOf(rule);
    if (!isIgnored(contract, operation, pointer, rule.body))
      add(rule, pointer, `${words} breaks a rule between fields`, rule);
    else if (rule.more !== true) skipped.push(`${words}: without effect`);
  }
  return { negatives, skipped };
}

/**
 * Every constraint of an operation's request broken in turn, JSON or form, re-validated so that each breaks only what it
 * means to. No two are equal, and what breaks a constraint first comes before what breaks it again.
 */
export function negativesOf(contract: Contract, operation: SubmitOperation): Negatives {
  return remembered(contract, `negatives of ${operation.id}`, () => generate(contract, operation));
}
