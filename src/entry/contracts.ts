import { contractFile, type VendorId, vendorIds } from '../../specs/index.gen.js';
import { type Contract, loadContract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';

function isVendor(name: string): name is VendorId {
  return (vendorIds as readonly string[]).includes(name);
}

/** A shipped contract by the vendor's id, or any contract file by its path. Throws a `UsageError` or `ContractError`. */
export async function resolveContract(name: string): Promise<Contract> {
  if (isVendor(name)) return loadContract(contractFile(name));
  if (/[\\/]|\.(ya?ml|json)$/i.test(name)) return loadContract(name);
  throw new UsageError(
    `Unknown vendor ${JSON.stringify(name)}: known are ${vendorIds.join(', ')}, or give the path of a contract file`,
  );
}

/** Several contracts; all that are shipped when no name is given. */
export async function resolveContracts(names: readonly string[]): Promise<Contract[]> {
  const contracts = await Promise.all((names.length > 0 ? names : vendorIds).map(resolveContract));
  const twice = contracts.find(({ id }, index) => contracts.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new UsageError(`${twice.id} is named twice; each vendor is mounted once`);
  return contracts;
}
