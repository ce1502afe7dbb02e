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

/** In place; the few keys of a request are sorted faster by hand than by the library's own sort. */
function sorted(keys: string[]): string[] {
  if (keys.length > 16) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string;
    let at = index;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

function hashList(before: number, list: readonly Json[]): number {
  let hash = hashText(before, '[');
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) hash = hashText(hash, ',');
    hash = hashStably(hash, list[index] ?? null);
  }
  return hashText(hash, ']');
}

/**
 * Hashes a value as JSON text with sorted keys, so that two spellings of one request are the same request. The text
 * itself is never made.
 */
export function hashStably(before: number, value: Json): number {
  if (typeof value === 'string') return hashString(before, value);
  if (value === null || typeof value !== 'object') return hashText(before, JSON.stringify(value));
  if (Array.isArray(value)) return hashList(before, value);
  let hash = hashText(before, '{');
  let first = true;
  for (const key of sorted(Object.keys(value))) {
    if (!first) hash = hashText(hash, ',');
    first = false;
    hash = hashStably(hashText(hashString(hash, key), ':'), value[key] ?? null);
  }
  return hashText(hash, '}');
}
