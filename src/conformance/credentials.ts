import type { Contract } from '../contract/contract.js';
import type { Credential } from './evidence.js';
import type { Keys } from './redact.js';
import { isNode } from './schema.js';

/** The header that carries a key, by the contract's first security scheme; a bearer token where it names none. */
function keyHeader(contract: Contract): { readonly name: string; readonly prefix: string } {
  for (const scheme of Object.values(contract.document.components?.['securitySchemes'] ?? {}))
    if (isNode(scheme) && scheme['type'] === 'apiKey' && scheme['in'] === 'header')
      return { name: String(scheme['name']).toLowerCase(), prefix: '' };
  return { name: 'authorization', prefix: 'Bearer ' };
}

/** Ways to write a key wrongly. */
export type Malformation = 'empty' | 'scheme';

/** The headers that show a key of that sort. */
export function credentialHeaders(
  contract: Contract,
  keys: Keys,
  credential: Credential,
  malformation: Malformation = 'empty',
): Record<string, string> {
  const { name, prefix } = keyHeader(contract);
  switch (credential) {
    case 'none':
      return {};
    case 'unknown':
      return { [name]: `${prefix}sk-proofsheet-no-such-key` };
    case 'malformed':
      return { [name]: malformation === 'empty' ? prefix.trim() : 'Token x' };
    default:
      return { [name]: prefix + (keys[credential] ?? '') };
  }
}
