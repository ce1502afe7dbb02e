import { pointerTokens, toPointer } from '../core/pointer.js';
import type { Contract } from './contract.js';
import { resolve } from './operations.js';

/** What a schema says about the value at a pointer into a body; undefined where it says nothing. */
export function schemaProperty(
  contract: Contract,
  schema: string,
  pointer: string,
): Record<string, unknown> | undefined {
  let at = schema;
  for (const token of pointerTokens(pointer))
    at = resolve(contract.document, at).pointer + toPointer(['properties', token]);
  const { value } = resolve(contract.document, at);
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
}
