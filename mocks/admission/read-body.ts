import type { Content } from '../../src/contract/operations.js';
import type { Json } from '../../src/core/pointer.js';
import type { EngineRequest } from '../message.js';
import { readMultipart } from './read-multipart.js';

export type BodyReading =
  | { readonly ok: true; readonly body: Json; readonly schema: string | undefined }
  | { readonly ok: false; readonly kind: 'invalidRequest' | 'unsupportedMediaType'; readonly message: string };

/** Nesting beyond this is no request of any vendor; it only serves to exhaust a stack. */
const deepest = 64;

function isTooDeep(value: unknown, left = deepest): boolean {
  if (value === null || typeof value !== 'object') return false;
  return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readJson(bytes: Uint8Array, schema: string | undefined): BodyReading {
  let body: Json;
  try {
    body = JSON.parse(utf8.decode(bytes)) as Json;
  } catch {
    return { ok: false, kind: 'invalidRequest', message: 'The request body is not valid JSON' };
  }
  if (isTooDeep(body))
    return { ok: false, kind: 'invalidRequest', message: `The request body is nested deeper than ${deepest} levels` };
  return { ok: true, body, schema };
}

/** The body of a request by its content type; only multipart needs to wait. */
export function readBody(
  request: EngineRequest,
  content: Content,
  typesOf: (schema: string) => Readonly<Record<string, string>>,
): BodyReading | Promise<BodyReading> {
  const types = Object.keys(content);
  // A body without a content type is taken for the operation's own, as real servers do.
  const sent = request.headers['content-type'] ?? types[0] ?? 'application/json';
  const type = (sent.split(';')[0] ?? '').trim().toLowerCase();
  if (!Object.hasOwn(content, type))
    return {
      ok: false,
      kind: 'unsupportedMediaType',
      message: `Content type ${JSON.stringify(type)} is not supported; send ${types.join(' or ')}`,
    };
  const schema = content[type];
  const bytes = request.body ?? new Uint8Array();
  if (type === 'multipart/form-data') return readMultipart(bytes, sent, schema, typesOf);
  return readJson(bytes, schema);
}
