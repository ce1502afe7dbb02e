import type { Sent } from '../evidence.js';
import { propertiesOf } from '../schema.js';
import type { Body } from './measure.js';
import { valueOfText } from './text-values.js';

/** Forms whose fields have names and texts. */
export function isForm(type: string): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)$/.test(type);
}

const urlencoded = 'application/x-www-form-urlencoded';

/** A web form as an object: a field that comes twice is a list. */
function readUrlencoded(document: unknown, schema: string, text: string): unknown {
  const schemas = new Map(propertiesOf(document, schema).map((property) => [property.name, property.schema]));
  const fields = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name).map((value) => valueOfText(document, schemas.get(name), value));
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/**
 * The forms among some requests as values. Our own are known as the values that they were written from; of others only web
 * forms are read, as a form with files is recorded without its bytes.
 */
export function formsOf(document: unknown, schema: string, type: string, sent: readonly Sent[]): Body[] {
  return sent.flatMap(({ fields, exchange: { request } }): Body[] => {
    const sentAs = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (sentAs !== type) return [];
    if (fields !== undefined) return [{ value: fields, count: 1 }];
    if (type !== urlencoded || request.body === undefined) return [];
    return [{ value: readUrlencoded(document, schema, request.body), count: 1 }];
  });
}
