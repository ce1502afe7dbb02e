import type { Contract } from '../contract/contract.js';
import { resolveContracts } from './contracts.js';

/** Every shipped contract. The browser build puts a module in the place of this one that has them in itself. */
export function bundledContracts(): Promise<Contract[]> {
  return resolveContracts([]);
}
