import type { Json } from '../../src/core/pointer.js';
import type { BodyReading } from './read-body.js';

/** `image[]`, `image[0]` and `image.0` all mean the list `image`; clients differ. */
function baseName(name: string): { readonly name: string; readonly list: boolean } {
  const match = /^(.+?)(?:\[\d*\]|\.\d+)$/.exec(name);
  return match?.[1] === undefined ? { name, list: false } : { name: match[1], list: true };
}

/** Form fields are text; the schema says which were meant as numbers or truth values. */
function typed(text: string, type: string | undefined): Json {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** A form as a JSON value: files stand in it by name, type and size. */
export async function readMultipart(
  bytes: Uint8Array,
  contentType: string,
  schema: string | undefined,
  typesOf: (schema: string) => Readonly<Record<string, string>>,
): Promise<BodyReading> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return { ok: false, kind: 'invalidRequest', message: 'The request body is not a valid multipart form' };
  }
  const types = schema === undefined ? {} : typesOf(schema);
  const body: Record<string, Json> = {};
  for (const [sent, value] of form) {
    const { name, list } = baseName(sent);
    if (name === '__proto__') continue;
    const member = typeof value === 'string' ? typed(value, types[name]) : `${value.name};${value.type};${value.size}`;
    const before = body[name];
    if (before === undefined) body[name] = list ? [member] : member;
    else if (Array.isArray(before)) before.push(member);
    else body[name] = [before, member];
  }
  return { ok: true, body, text: JSON.stringify(body), schema };
}
