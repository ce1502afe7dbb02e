import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { Json } from '../../core/pointer.js';
import { contentTypeOf } from '../requests.js';
import { formType, isBinary, type Property, propertiesOf, requestSchema, typeOf } from '../schema.js';

function readBack(text: string, type: string | undefined): Json {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function sent(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * A body as whoever reads the form takes it: every part is a text, and the schema says which are meant as numbers or
 * truth values. An empty list leaves no trace, and a list of one is that one.
 */
function asForm(document: unknown, properties: readonly Property[], body: Json): Json {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const members = Object.entries(body).flatMap(([name, value]): [string, Json][] => {
    const property = properties.find((one) => one.name === name);
    const list = (Array.isArray(value) ? value : [value]).map((one) =>
      property !== undefined && isBinary(document, property.schema)
        ? 'file'
        : readBack(sent(one), typeOf(property?.keywords ?? {})),
    );
    const isList = typeOf(property?.keywords ?? {}) === 'array';
    const [first] = list;
    return first === undefined ? [] : [[name, list.length === 1 && !isList ? first : list]];
  });
  return Object.fromEntries(members);
}

/** How an operation's body reads at the other end: JSON as it is, a form as its parts. */
export function bodyReader(contract: Contract, operation: SubmitOperation): (body: Json) => Json {
  if (contentTypeOf(operation) !== formType) return (body) => body;
  const properties = propertiesOf(contract.document, requestSchema(operation, formType) ?? '');
  return (body) => asForm(contract.document, properties, body);
}
