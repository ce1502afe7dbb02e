import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';

export type KeyRole = 'test' | 'other' | 'poor';

/** `PROOFSHEET_<VENDOR>_API_KEY` */
export function keyVariable(vendor: string): string {
  return `PROOFSHEET_${vendor.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_API_KEY`;
}

/** The accounts that a mock of ours has on loopback when it was given none. */
export function mockKey(vendor: string, role: KeyRole): string {
  return `sk-${vendor}-${role}`;
}

/**
 * The key for a target: as given, else from the environment, else on loopback the mock's own.
 * Throws a `UsageError` that never holds a key.
 */
export function resolveKey(
  vendor: string,
  target: string,
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const variable = keyVariable(vendor);
  const key = given ?? environment[variable] ?? (isLoopback(target) ? mockKey(vendor, 'test') : undefined);
  if (key === undefined || key === '')
    throw new UsageError(`A key is needed for ${target}: give --api-key, or set ${variable}`);
  if (/[^\x21-\x7e]/.test(key)) throw new UsageError('The key has characters that no HTTP header may carry');
  return key;
}
