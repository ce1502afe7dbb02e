import { hash32 } from '../../src/platform/random.js';
import type { EffectiveRequest } from '../admission/effective-request.js';
import { stableText } from '../admission/stable-text.js';

/** What makes two requests the same one, so that the k-th of them gets the k-th chance. */
export function requestHash(accountKey: string, operation: string, request: EffectiveRequest): number {
  return hash32(accountKey, operation, stableText(request.body));
}
