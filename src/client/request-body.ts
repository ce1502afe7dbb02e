import type { Role } from '../contract/async-task.js';
import { type Contract, type SubmitOperation, schemaFor } from '../contract/contract.js';
import { resolve } from '../contract/operations.js';
import { getAt, type Json, pointerTokens, setAt } from '../core/pointer.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import { formatWord } from './format-word.js';
import type { GenerateRequest } from './generate-request.js';
import { fillIn, propertySchema } from './property-schema.js';
import { sizeWord } from './size-word.js';
import type { StreamExtras } from './stream-event.js';

/** The names that `GenerateRequest` and the contract's roles share. */
const fields = ['prompt', 'model', 'size', 'count', 'quality', 'format', 'background', 'references'] as const;
type Field = (typeof fields)[number] & Role;

/** The body of an operation's first documented content type: its schema, and whether files travel as parts. */
export function bodySchemaOf(contract: Contract, operation: SubmitOperation): { schema: string; multipart: boolean } {
  const json = schemaFor(operation.request, 'application/json')?.schema;
  const schema = json ?? schemaFor(operation.request, 'multipart/form-data')?.schema;
  if (schema === undefined)
    throw new UnsupportedError(
      contract.id,
      'generate',
      `its contract gives ${operation.path} no body that we can write`,
    );
  return { schema, multipart: json === undefined };
}

/** What a request asks for, in the vendor's words; absent where nothing has to be said. */
function wordsOf(contract: Contract, operation: SubmitOperation, schema: string, request: GenerateRequest) {
  const { task } = operation;
  const words: Partial<Record<Field, Json | undefined>> = {
    prompt: request.prompt,
    model: request.model,
    quality: request.quality,
    // Without a parameter for it, one image is what a request gives, and its background is left to the vendor.
    count: request.count === 1 && task.request.count === undefined ? undefined : request.count,
    background: request.background === 'auto' && task.request.background === undefined ? undefined : request.background,
  };
  if (request.size !== undefined) words.size = sizeWord(contract, operation, schema, request.size);
  if (request.format !== undefined) words.format = formatWord(contract, operation, request.format);
  if (request.background === 'transparent') words.background = task.delivery.transparent?.[0] ?? request.background;
  if (request.references !== undefined && request.references.length > 0) words.references = [...request.references];
  return words;
}

function refuseClamped(contract: Contract, { task }: SubmitOperation, body: Json): void {
  for (const { pointer, minimum, maximum } of task.clamp ?? []) {
    const value = getAt(body, pointer);
    if (typeof value !== 'number' || (value >= minimum && value <= maximum)) continue;
    const field = fields.find((one) => task.request[one] === pointer) ?? pointer;
    throw new UnsupportedError(contract.id, field, `it would silently take ${value} at ${pointer} for another number`, [
      `${minimum} to ${maximum}`,
    ]);
  }
}

function refuseInvalid(contract: Contract, { task }: SubmitOperation, schema: string, body: Json): void {
  const violations = contract.violations(schema, body);
  const [first] = violations;
  if (first === undefined) return;
  const allowed = violations.flatMap((one) => {
    const { value } = resolve(contract.document, one.schema);
    if (one.keyword !== 'enum' && one.keyword !== 'const') return [];
    return (Array.isArray(value) ? value : [value]).map(String);
  });
  const problem = violations.map((one) => `${one.pointer || 'the body'} ${one.message}`).join('; ');
  const field = fields.find((one) => task.request[one] === first.pointer) ?? first.pointer;
  throw new UnsupportedError(contract.id, field, problem, [...new Set(allowed)]);
}

/** Values for what the vendor requires and the caller left open: its default, our assumption, or the first it lists. */
function addRequired(contract: Contract, { task }: SubmitOperation, schema: string, body: Record<string, Json>): void {
  // The validator knows what is missing wherever the contract says so: at the top, in `allOf`, under a condition.
  for (const { keyword, pointer } of contract.violations(schema, body)) {
    const [name, ...deeper] = pointerTokens(pointer);
    if (keyword !== 'required' || name === undefined || deeper.length > 0 || Object.hasOwn(body, name)) continue;
    const assumed = task.assume?.[pointer] as Json | undefined;
    const value = fillIn(contract, propertySchema(contract, schema, pointer), assumed);
    if (value !== undefined && task.request.prompt !== pointer) body[name] = value;
  }
}

/** Asks for a stream, with previews where some are wanted; refuses one where whole answers are read. */
function askForStream(contract: Contract, { task }: SubmitOperation, body: Json, stream?: StreamExtras): void {
  const place = task.request.stream;
  if (stream === undefined) {
    if (place !== undefined && getAt(body, place) === true)
      throw new UnsupportedError(contract.id, 'stream', 'this method reads whole answers, not streams', ['stream()']);
    return;
  }
  if (place === undefined || task.stream === undefined)
    throw new UnsupportedError(contract.id, 'stream', 'it has no streams', ['generate']);
  setAt(body, place, true);
  if (stream.partialImages === undefined) return;
  if (task.request.partialImages === undefined)
    throw new UnsupportedError(contract.id, 'partialImages', 'it makes no previews');
  setAt(body, task.request.partialImages, stream.partialImages);
}

/**
 * The vendor's body for a request; references stand in it as given. With `stream` it asks for a stream. Throws an
 * `UnsupportedError` for whatever the contract has no place for or does not allow.
 */
export function buildBody(
  contract: Contract,
  operation: SubmitOperation,
  request: GenerateRequest,
  stream?: StreamExtras,
): Record<string, Json> {
  const { schema } = bodySchemaOf(contract, operation);
  const { task } = operation;
  let body: Json = {};
  for (const [name, word] of Object.entries(wordsOf(contract, operation, schema, request))) {
    if (word === undefined) continue;
    const place = task.request[name as Field];
    if (place === undefined) {
      const known = fields.filter((field) => task.request[field] !== undefined);
      throw new UnsupportedError(contract.id, name, `it cannot be told ${JSON.stringify(name)}`, known);
    }
    body = setAt(body, place, word);
  }
  const whole = { ...(body as Record<string, Json>), ...structuredClone(request.extra ?? {}) };
  addRequired(contract, operation, schema, whole);
  refuseClamped(contract, operation, whole);
  askForStream(contract, operation, whole, stream);
  refuseInvalid(contract, operation, schema, whole);
  return whole;
}
