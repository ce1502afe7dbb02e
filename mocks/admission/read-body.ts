import { isUtf8 } from 'node:buffer';
import type { Content } from '../../src/contract/operations.js';
import type { Json } from '../../src/core/pointer.js';
import type { EngineRequest } from '../message.js';
import { readMultipart } from './read-multipart.js';

export type BodyReading =
  | {
      readonly ok: true;
      readonly body: Json;
      /** The body as JSON text. */
      readonly text: string;
      readonly schema: string | undefined;
    }
  | { readonly ok: false; readonly kind: 'invalidRequest' | 'unsupportedMediaType'; readonly message: string };

/** Nesting beyond this is no request of any vendor; it only serves to exhaust a stack. */
const deepest = 64;

function isTooDeep(value: unknown, left = deepest): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((member) => isTooDeep(member, left - 1));
  for (const key in value) if (isTooDeep((value as Record<string, unknown>)[key], left - 1)) return true;
  return false;
}

/** The text of a body, without a mark at its beginning; undefined where it is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString();
  // What is no UTF-8 becomes this mark, which a text may have of its own as well.
  if (text.includes('\ufffd') && !isUtf8(bytes)) return undefined;
  return text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

const byteOrderMark = 0xfeff;

function readJson(bytes: Uint8Array, schema: string | undefined): BodyReading {
  const text = textOf(bytes) ?? '';
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return { ok: false, kind: 'invalidRequest', message: 'The request body is not valid JSON' };
  }
  if (isTooDeep(body))
    return { ok: false, kind: 'invalidRequest', message: `The request body is nested deeper than ${deepest} levels` };
  return { ok: true, body, text, schema };
}

/** The body of a request by its content type; only multipart needs to wait. */
export function readBody(
  request: EngineRequest,
  content: Content,
  typesOf: (schema: string) => Readonly<Record<string, string>>,
): BodyReading | Promise<BodyReading> {
  // A body without a content type is taken for the operation's own, as real servers do.
  const sent = request.headers['content-type'] ?? Object.keys(content)[0] ?? 'application/json';
  // Nearly all clients write the type as the contract does.
  const type = Object.hasOwn(content, sent) ? sent : (sent.split(';')[0] ?? '').trim().toLowerCase();
  if (!Object.hasOwn(content, type))
    return {
      ok: false,
      kind: 'unsupportedMediaType',
      message: `Content type ${JSON.stringify(type)} is not supported; send ${Object.keys(content).join(' or ')}`,
    };
  const schema = content[type];
  const bytes = request.body ?? new Uint8Array();
  if (type === 'multipart/form-data') return readMultipart(bytes, sent, schema, typesOf);
  return readJson(bytes, schema);
}
