/** Compiles every body of a contract beforehand: loading the compiler costs more than anything else at start-up. */
import { _ } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { createAjv, schemaAddress } from '../src/contract/compile-schemas.js';
import type { Contract } from '../src/contract/contract.js';
import { resolve } from '../src/contract/operations.js';
import { placeKey } from '../src/contract/validators.js';
import { getAt, toPointer } from '../src/core/pointer.js';

type Node = Record<string, unknown>;
type Standalone = typeof standaloneModule.default;

// CommonJS: loaders differ in what the default import is.
const standaloneCode = (standaloneModule.default ?? standaloneModule) as Standalone;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object' && !Array.isArray(value);

const oneSchema = ['items', 'additionalProperties', 'unevaluatedProperties', 'unevaluatedItems', 'contains', 'not'];
const moreOfOne = ['propertyNames', 'if', 'then', 'else'];
const listOfSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const mapOfSchemas = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** Writes into each schema that can be reached where it stands: compiled code knows its schemas as copies only. */
function markPlaces(document: unknown, pointer: string): void {
  const schema = getAt(document, pointer);
  if (!isNode(schema) || schema[placeKey] !== undefined) return;
  schema[placeKey] = pointer;
  const below = (...tokens: string[]) => markPlaces(document, pointer + toPointer(tokens));
  if (typeof schema['$ref'] === 'string') markPlaces(document, resolve(document, pointer).pointer);
  for (const keyword of [...oneSchema, ...moreOfOne]) below(keyword);
  for (const keyword of listOfSchemas)
    if (Array.isArray(schema[keyword])) schema[keyword].forEach((_entry, index) => void below(keyword, String(index)));
  for (const keyword of mapOfSchemas)
    if (isNode(schema[keyword])) for (const name of Object.keys(schema[keyword])) below(keyword, name);
}

/** A CommonJS module of validators by the pointer of their schema. */
export function validatorsModule({ document, operations }: Contract): string {
  const pointers = operations.flatMap(({ request, responses }) =>
    [request, ...Object.values(responses).map(({ content }) => content)].flatMap((content) =>
      Object.values(content).filter((pointer) => pointer !== undefined),
    ),
  );
  const marked = structuredClone(document);
  for (const pointer of pointers) markPlaces(marked, pointer);
  const ajv = createAjv(marked, { source: true, formats: _`require("ajv-formats/dist/formats").fullFormats` });
  const names = Object.fromEntries([...new Set(pointers)].map((pointer, index) => [`body${index}`, pointer]));
  for (const [name, pointer] of Object.entries(names)) ajv.addSchema({ $ref: schemaAddress(pointer) }, name);
  const code = standaloneCode(ajv, Object.fromEntries(Object.keys(names).map((name) => [name, name])));
  const byPointer = Object.entries(names).map(([name, pointer]) => `${JSON.stringify(pointer)}: exports.${name}`);
  return `${code}\nmodule.exports = {\n${byPointer.join(',\n')}\n};\n`;
}
