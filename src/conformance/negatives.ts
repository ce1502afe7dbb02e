import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Violation } from '../contract/validators.js';
import { type Json, toPointer, withAt, withoutAt } from '../core/pointer.js';
import { type BrokenValue, brokenValues } from './broken-values.js';
import { taskPointer, unique } from './contract-facts.js';
import { brokenRules } from './cross-field.js';
import { contentTypeOf, minimalBody } from './requests.js';
import { examplesOf, formType, propertiesOf, requestSchema } from './schema.js';

/** A request that breaks exactly one constraint of the contract. */
export interface Negative {
  readonly body: Json;
  /** JSON pointer into the body. */
  readonly pointer: string;
  readonly keyword: string;
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

const cache = new WeakMap<Contract, Map<string, Negatives>>();

function isAround(violation: Violation, pointer: string): boolean {
  return violation.pointer === pointer || violation.pointer.startsWith(`${pointer}/`);
}

/** Whether the contract says that the field has no effect beside the rest of the body, so nobody need refuse it. */
function isIgnored(contract: Contract, operation: SubmitOperation, pointer: string, body: Json): boolean {
  const rules = operation.task.ignore ?? [];
  const place = taskPointer(contract, operation, 'ignore');
  return rules.some(
    (rule, index) => rule.pointer === pointer && contract.violations(`${place}/${index}/if`, body).length === 0,
  );
}

function isClampedAway(operation: SubmitOperation, pointer: string, broken: BrokenValue): boolean {
  const clamped = operation.task.clamp?.some((clamp) => clamp.pointer === pointer) ?? false;
  return clamped && /minimum|maximum/i.test(broken.keyword);
}

/** Legal requests to start from: the smallest, that with one other listed value, and the documented ones. */
function basesOf(contract: Contract, operation: SubmitOperation, schema: string, minimal: Json): Json[] {
  const varied = propertiesOf(contract.document, schema).flatMap(({ name, keywords }) =>
    Array.isArray(keywords['enum'])
      ? keywords['enum'].map((value) => withAt(minimal, toPointer([name]), value as Json))
      : [],
  );
  const examples = examplesOf(contract, operation).map(([, value]) => value as Json);
  return [minimal, ...varied, ...examples].filter((body) => contract.violations(schema, body).length === 0);
}

function generate(contract: Contract, operation: SubmitOperation): Negatives {
  if (contentTypeOf(operation) === formType)
    return { negatives: [], skipped: [`${operation.id} takes a form: its constraints are not broken one by one yet`] };
  const schema = requestSchema(operation);
  const minimal = minimalBody(contract, operation, prompt);
  if (schema === undefined || minimal === undefined || minimal === null || typeof minimal !== 'object')
    return { negatives: [], skipped: [`${operation.id}: no legal request could be made to start from`] };
  const bases = basesOf(contract, operation, schema, minimal);
  const negatives: Negative[] = [];
  const skipped: string[] = [];
  const add = (body: Json, pointer: string, what: string, violations: readonly Violation[]) => {
    const facts = unique(...violations.map((violation) => violation.facts));
    const keyword = violations[0]?.keyword ?? '';
    negatives.push({ body, pointer, keyword, what, facts, certain: contract.severityOf(facts) === 'error' });
  };
  for (const property of propertiesOf(contract.document, schema)) {
    const pointer = toPointer([property.name]);
    for (const broken of brokenValues(contract.document, property)) {
      const name = `${pointer} ${broken.what}`;
      if (isClampedAway(operation, pointer, broken)) {
        skipped.push(`${name}: the contract moves such numbers into bounds`);
        continue;
      }
      const change = (base: Json) =>
        broken.value === undefined ? withoutAt(base, pointer) : withAt(base, pointer, broken.value);
      const alone = bases.map(change).filter((body) => {
        const violations = contract.violations(schema, body);
        return violations.length > 0 && violations.every((violation) => isAround(violation, pointer));
      });
      const effective = alone.filter((body) => !isIgnored(contract, operation, pointer, body));
      // Best is a request in which the field is at home, so that only its own schema is broken.
      const clean = effective.find((body) =>
        contract.violations(schema, body).every((violation) => violation.schema.startsWith(property.schema)),
      );
      const body = clean ?? effective[0];
      if (body !== undefined) add(body, pointer, name, contract.violations(schema, body));
      else skipped.push(`${name}: ${alone.length > 0 ? 'without effect beside the rest' : 'cannot be broken alone'}`);
    }
  }
  for (const { body, violations, changed } of brokenRules(contract, schema, minimal as Record<string, Json>)) {
    const pointer = violations[0]?.pointer ?? '';
    // A lone field that is wrong by itself has had its turn above.
    if (negatives.some((one) => JSON.stringify(one.body) === JSON.stringify(body))) continue;
    const values = changed.map(
      (at) => `${at} ${JSON.stringify((body as Record<string, Json>)[at.slice(1)]) ?? 'left out'}`,
    );
    if (isIgnored(contract, operation, pointer, body)) skipped.push(`${values.join(' with ')}: without effect`);
    else add(body, pointer, `${values.join(' with ')} breaks a rule between fields`, violations);
  }
  return { negatives, skipped };
}

/** Every constraint of an operation's request broken in turn, re-validated so that each breaks only what it means to. */
export function negativesOf(contract: Contract, operation: SubmitOperation): Negatives {
  let known = cache.get(contract);
  if (known === undefined) {
    known = new Map();
    cache.set(contract, known);
  }
  let negatives = known.get(operation.id);
  if (negatives === undefined) {
    negatives = generate(contract, operation);
    known.set(operation.id, negatives);
  }
  return negatives;
}
