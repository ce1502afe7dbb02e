import type { Json } from '../../core/pointer.js';
import type { SchemaNode } from '../schema.js';
import type { BrokenValue } from './broken-values.js';

/** Longer texts than this are left to those who mean them. */
const longest = 200_000;

function ascii(length: number): string {
  return 'a long proofsheet prompt '.repeat(Math.ceil(length / 25)).slice(0, length);
}

/** Values just beyond each bound of a number or a text, and far beyond it. */
export function outOfBounds(keywords: SchemaNode): BrokenValue[] {
  const found: BrokenValue[] = [];
  const { maxLength } = keywords;
  const bound = (
    keyword: string,
    what: string,
    make: (limit: number) => Json | undefined,
    far?: (limit: number) => Json | undefined,
  ) => {
    const limit = keywords[keyword];
    if (typeof limit !== 'number') return;
    const [value, further] = [make(limit), far?.(limit)];
    if (value !== undefined) found.push({ keyword, value, what: `${what} ${limit}` });
    if (further !== undefined) found.push({ keyword, value: further, what: `${what} ${limit} by far`, more: true });
  };
  const text = (length: number) => (length < 0 || length > longest ? undefined : ascii(length));
  bound(
    'minimum',
    'lies below',
    (limit) => Math.floor(limit) - 1,
    (limit) => limit - 1_000_000,
  );
  bound(
    'maximum',
    'lies above',
    (limit) => Math.ceil(limit) + 1,
    () => 1e15,
  );
  bound(
    'exclusiveMinimum',
    'is not above',
    (limit) => limit,
    (limit) => limit - 1_000_000,
  );
  bound(
    'exclusiveMaximum',
    'is not below',
    (limit) => limit,
    () => 1e15,
  );
  bound(
    'maxLength',
    'is longer than',
    (limit) => text(limit + 1),
    (limit) => text(limit * 10),
  );
  bound('minLength', 'is shorter than', (limit) => text(limit - 1));
  bound('multipleOf', 'is no multiple of', (limit) => limit * 1.5);
  if (typeof maxLength === 'number' && maxLength <= longest / 10 && keywords['format'] === undefined)
    for (const [letter, name] of [['石', 'Chinese characters'] as const, ['🦊', 'emoji'] as const]) {
      const what = `is longer than ${maxLength} in ${name}`;
      found.push({ keyword: 'maxLength', value: letter.repeat(maxLength + 1), what, more: true });
    }
  return found;
}
