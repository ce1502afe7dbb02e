import type { Json } from '../../core/pointer.js';
import type { Ranked } from './thoroughness.js';

/** A field that a vendor may not know, because it is nobody's or another vendor's. */
interface UnknownField extends Ranked {
  readonly name: string;
  readonly value: Json;
}

function more(name: string, value: Json): UnknownField {
  return { name, value, more: true };
}

export const unknownFields: readonly UnknownField[] = [
  { name: 'proofsheet_unknown', value: 'kept aside' },
  more('negative_prompt', 'a storm'),
  more('seed', 42),
  more('steps', 30),
  more('guidance_scale', 7.5),
  more('aspect_ratio', '16:9'),
  more('width', 1024),
  more('height', 1024),
  more('extra_body', { safety: 'low' }),
  more('metadata', { customer: 'proofsheet', tags: ['a', 'b'] }),
  more('$schema', 'https://example.com/request.json'),
  more('proofsheet-with.dots/and~tildes', true),
  more('未知の項目', '値'),
  more(`proofsheet_${'long'.repeat(100)}`, null),
];
