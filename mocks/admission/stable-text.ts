import type { Json } from '../../src/core/pointer.js';
import { hashCode, hashText } from '../../src/platform/random.js';

/** Nearly every text stands in JSON as it is between quotes; one that does not is written by JSON itself. */
function hashString(before: number, text: string): number {
  let hash = hashText(before, '"');
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return hashText(before, JSON.stringify(text));
    hash = hashCode(hash, code);
  }
  return hashText(hash, '"');
}

/**
 * Hashes a value as JSON text with sorted keys, so that two spellings of one request are the same request. The text
 * itself is never made.
 */
export function hashStably(before: number, value: Json): number {
  if (typeof value === 'string') return hashString(before, value);
  if (value === null || typeof value !== 'object') return hashText(before, JSON.stringify(value));
  const isList = Array.isArray(value);
  let hash = hashText(before, isList ? '[' : '{');
  let first = true;
  for (const key of isList ? value.keys() : Object.keys(value).sort()) {
    if (!first) hash = hashText(hash, ',');
    first = false;
    if (typeof key === 'string') hash = hashText(hashString(hash, key), ':');
    hash = hashStably(hash, (value as Record<string | number, Json>)[key] ?? null);
  }
  return hashText(hash, isList ? ']' : '}');
}
