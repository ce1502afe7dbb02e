import type { Json } from '../../src/core/pointer.js';

/** The value as text with sorted keys, so that two spellings of one request are the same request. */
export function stableText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const member of value) text += text === '' ? stableText(member) : `,${stableText(member)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort())
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${stableText(value[key] ?? null)}`;
  return `{${text}}`;
}
