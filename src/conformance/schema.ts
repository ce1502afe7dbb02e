import type { Contract } from '../contract/contract.js';
import { type Operation, resolve } from '../contract/operations.js';
import { type Json, toPointer } from '../core/pointer.js';

export type SchemaNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is SchemaNode {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A schema where it really stands: references followed. */
export interface SchemaPlace {
  /** JSON pointer into the contract. */
  readonly at: string;
  readonly node: SchemaNode;
}

function schemaAt(document: unknown, pointer: string): SchemaPlace {
  const { pointer: at, value } = resolve(document, pointer);
  return { at, node: isNode(value) ? value : {} };
}

/** A schema and everything that it demands besides, through `allOf`; conditional parts are left out. */
export function layersOf(document: unknown, pointer: string, depth = 0): SchemaPlace[] {
  const place = schemaAt(document, pointer);
  const all = Array.isArray(place.node['allOf']) && depth < 16 ? place.node['allOf'] : [];
  return [place, ...all.flatMap((_, index) => layersOf(document, `${place.at}/allOf/${index}`, depth + 1))];
}

/** The merged keywords of all layers: the first layer that states one wins. */
function keywordsOf(document: unknown, pointer: string): SchemaNode {
  return Object.assign(
    {},
    ...layersOf(document, pointer)
      .reverse()
      .map(({ node }) => node),
  );
}

export interface Property {
  readonly name: string;
  /** JSON pointer of its schema in the contract. */
  readonly schema: string;
  readonly keywords: SchemaNode;
  readonly required: boolean;
  readonly facts: readonly string[];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** The properties that an object schema always has. */
export function propertiesOf(document: unknown, pointer: string): Property[] {
  const layers = layersOf(document, pointer);
  const required = new Set(layers.flatMap(({ node }) => strings(node['required'])));
  const found = new Map<string, Property>();
  for (const { at, node } of layers)
    for (const name of Object.keys(isNode(node['properties']) ? node['properties'] : {})) {
      if (found.has(name)) continue;
      const schema = at + toPointer(['properties', name]);
      const keywords = keywordsOf(document, schema);
      found.set(name, { name, schema, keywords, required: required.has(name), facts: strings(keywords['x-facts']) });
    }
  return [...found.values()];
}

/** The schema of the entries of a list, as if it were a property; undefined where the list has none. */
export function itemsOf(document: unknown, pointer: string): Property | undefined {
  const layer = layersOf(document, pointer).find(({ node }) => isNode(node['items']));
  if (layer === undefined) return undefined;
  const schema = `${layer.at}/items`;
  const keywords = keywordsOf(document, schema);
  return { name: '0', schema, keywords, required: false, facts: strings(keywords['x-facts']) };
}

/** A schema itself, or the alternatives that it consists of. */
export function alternativesOf(document: unknown, pointer: string): Pick<Property, 'schema' | 'keywords'>[] {
  const { at, node } = schemaAt(document, pointer);
  for (const choice of ['oneOf', 'anyOf'])
    if (Array.isArray(node[choice]))
      return node[choice].map((_, index) => {
        const schema = `${at}/${choice}/${index}`;
        return { schema, keywords: keywordsOf(document, schema) };
      });
  return [{ schema: pointer, keywords: keywordsOf(document, pointer) }];
}

/** Every fact that a schema states, however deep. */
export function factsBelow(document: unknown, pointer: string): string[] {
  const seen = new Set<unknown>();
  const facts = new Set<string>();
  const walk = (value: unknown) => {
    if (value === null || typeof value !== 'object' || seen.has(value)) return;
    seen.add(value);
    if (isNode(value)) {
      for (const fact of strings(value['x-facts'])) facts.add(fact);
      if (typeof value['$ref'] === 'string' && value['$ref'].startsWith('#/'))
        walk(resolve(document, value['$ref'].slice(1)).value);
    }
    for (const member of Object.values(value)) walk(member);
  };
  walk(resolve(document, pointer).value);
  return [...facts];
}

export function typeOf(keywords: SchemaNode): string | undefined {
  const type = keywords['type'];
  return typeof type === 'string' ? type : Array.isArray(type) ? type.find((one) => one !== 'null') : undefined;
}

/** Whether a schema stands for the bytes of a file in a form. */
export function isBinary(document: unknown, pointer: string): boolean {
  const keywords = keywordsOf(document, pointer);
  if (keywords['format'] === 'binary' || typeof keywords['contentMediaType'] === 'string') return true;
  const { at } = schemaAt(document, pointer);
  if (keywords['items'] !== undefined) return isBinary(document, `${at}/items`);
  return ['oneOf', 'anyOf'].some(
    (choice) =>
      Array.isArray(keywords[choice]) &&
      keywords[choice].some((_, index) => isBinary(document, `${at}/${choice}/${index}`)),
  );
}

/** The smallest plain value that a schema allows, as far as its own keywords tell. */
export function sampleValue(document: unknown, pointer: string, depth = 0): Json {
  const keywords = keywordsOf(document, pointer);
  const { at } = schemaAt(document, pointer);
  if ('const' in keywords) return keywords['const'] as Json;
  if (Array.isArray(keywords['enum'])) return (keywords['enum'][0] ?? null) as Json;
  if (keywords['default'] !== undefined) return keywords['default'] as Json;
  for (const choice of ['oneOf', 'anyOf'])
    if (Array.isArray(keywords[choice]) && depth < 8) return sampleValue(document, `${at}/${choice}/0`, depth + 1);
  const minimum = typeof keywords['minimum'] === 'number' ? keywords['minimum'] : 0;
  const maximum = typeof keywords['maximum'] === 'number' ? keywords['maximum'] : Number.MAX_SAFE_INTEGER;
  switch (typeOf(keywords)) {
    case 'integer':
    case 'number':
      return Math.min(Math.max(minimum, 1), maximum);
    case 'boolean':
      return false;
    case 'array': {
      const length = Math.max(1, Number(keywords['minItems'] ?? 0));
      return depth > 8 ? [] : Array.from({ length }, () => sampleValue(document, `${at}/items`, depth + 1));
    }
    case 'object':
      return Object.fromEntries(
        propertiesOf(document, at)
          .filter(({ required }) => required && depth < 8)
          .map(({ name, schema }) => [name, sampleValue(document, schema, depth + 1)]),
      );
    case 'null':
      return null;
    default: {
      const text = keywords['format'] === 'uri' ? 'https://example.com/reference.png' : 'proofsheet';
      return text
        .padEnd(Number(keywords['minLength'] ?? 0), '.')
        .slice(0, Number(keywords['maxLength'] ?? text.length));
    }
  }
}

export const jsonType = 'application/json';
export const formType = 'multipart/form-data';

/** The pointer of an operation's request schema for a content type. */
export function requestSchema(operation: Operation, contentType = jsonType): string | undefined {
  return operation.request[contentType];
}

/** The request examples that the contract prints, by name. */
export function examplesOf(contract: Contract, operation: Operation, contentType = jsonType): [string, unknown][] {
  const body = resolve(contract.document, `${operation.pointer}/requestBody`).value;
  const content = isNode(body) && isNode(body['content']) ? body['content'][contentType] : undefined;
  if (!isNode(content)) return [];
  const named = isNode(content['examples']) ? Object.entries(content['examples']) : [];
  const examples = named.map(([name, raw]): [string, unknown] => [name, isNode(raw) ? raw['value'] : undefined]);
  if (content['example'] !== undefined) examples.push(['example', content['example']]);
  return examples.filter(([, value]) => value !== undefined);
}
