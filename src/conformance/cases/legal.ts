import type { Role } from '../../contract/async-task.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import { getAt, type Json, toPointer, withAt } from '../../core/pointer.js';
import { parameterFor, unique } from '../contract-facts.js';
import { bodySchema, minimalBody } from '../requests.js';
import { isBinary, type Property, propertiesOf, typeOf } from '../schema.js';
import { entriesLike } from './broken-values.js';
import { distinct } from './canonical.js';
import { candidates } from './cross-field.js';
import { bodyReader } from './form-value.js';
import { remembered } from './memo.js';
import { pairsOf } from './pairs.js';
import type { Ranked } from './thoroughness.js';

/** A request that the contract allows. */
export interface LegalCase extends Ranked {
  readonly body: Json;
  /** Completes "a request …". */
  readonly what: string;
  readonly facts: readonly string[];
}

/** A prompt stands in every body; a sender puts one of its own there. */
const prompt = 'A plain test picture';
const mostEntries = 100;

/** Parameters that have probes of their own: what they do costs more than a look at the answer. */
const elsewhere: readonly Role[] = ['prompt', 'callback', 'stream', 'partialImages'];

/** The other values at and just inside the bounds of a property. */
function withinBounds({ keywords }: Property, sample: Json | undefined): Json[] {
  const { minimum, maximum, minItems, maxItems } = keywords;
  const found: Json[] = [];
  if (typeof minimum === 'number') found.push(minimum, minimum + 1);
  if (typeof maximum === 'number') found.push(maximum - 1, maximum);
  const entry = Array.isArray(sample) ? sample[0] : undefined;
  if (entry !== undefined) {
    const lengths = [minItems, maxItems === undefined ? 2 : Number(maxItems) - 1, maxItems].filter(
      (length): length is number => typeof length === 'number' && length <= mostEntries,
    );
    for (const length of lengths) found.push(entriesLike(entry, length));
  }
  return found;
}

function valuesOf(contract: Contract, property: Property): Json[] {
  const alone = candidates(contract.document, property).filter((value): value is Json => value !== undefined);
  if (isBinary(contract.document, property.schema)) return alone;
  const bounds = withinBounds(property, alone[0]);
  const truth: Json[] = typeOf(property.keywords) === 'boolean' ? [] : bounds;
  return distinct([...alone, ...truth], (value) => value);
}

function shown(operation: SubmitOperation, body: Json): string {
  const place = operation.task.request.prompt?.slice(1);
  const text = JSON.stringify(Object.fromEntries(Object.entries(body as object).filter(([name]) => name !== place)));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function generate(contract: Contract, operation: SubmitOperation): readonly LegalCase[] {
  const schema = bodySchema(operation);
  const minimal = minimalBody(contract, operation, prompt);
  if (schema === undefined || minimal === undefined) return [];
  const read = bodyReader(contract, operation);
  const known = new Map<string, boolean>();
  const isLegal = (body: Json): boolean => {
    const text = JSON.stringify(body);
    const legal = known.get(text) ?? contract.violations(schema, read(body)).length === 0;
    known.set(text, legal);
    return legal;
  };
  const left = new Set(elsewhere.map((role) => operation.task.request[role]));
  const properties = propertiesOf(contract.document, schema).filter(({ name }) => !left.has(toPointer([name])));
  const values = properties.map((property) => ({
    pointer: toPointer([property.name]),
    values: valuesOf(contract, property),
  }));
  const factsOf = (body: Json) =>
    unique(
      operation.facts,
      ...properties.filter(({ name }) => getAt(body, toPointer([name])) !== undefined).map(({ facts }) => facts),
    );
  const model = operation.task.request.model;
  const models = (parameterFor(contract, operation, 'model')?.keywords['enum'] ?? []) as Json[];
  const bases = model === undefined ? [minimal] : [minimal, ...models.map((value) => withAt(minimal, model, value))];
  const alone = bases
    .filter(isLegal)
    .flatMap((base) => values.flatMap((one) => one.values.map((value) => withAt(base, one.pointer, value))))
    .filter(isLegal)
    .map((body): LegalCase => ({ body, what: `with ${shown(operation, body)}`, facts: factsOf(body), more: true }));
  const together = pairsOf(minimal, values, model, isLegal).map(
    (body): LegalCase => ({ body, what: `with ${shown(operation, body)}`, facts: factsOf(body) }),
  );
  return distinct([...together, ...alone], ({ body }) => read(body));
}

/**
 * Legal requests that together use every value and bound of every parameter, beside each model that allows it, and every
 * two values that may stand together: so each rule between fields is seen satisfied.
 */
export function legalCasesOf(contract: Contract, operation: SubmitOperation): readonly LegalCase[] {
  return remembered(contract, `legal requests of ${operation.id}`, () => generate(contract, operation));
}
