import type { Json } from '../../src/core/pointer.js';

/** The value as text with sorted keys, so that two spellings of one request are the same request. */
export function stableText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableText(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
