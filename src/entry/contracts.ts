import { dirname, resolve } from 'node:path';
import { contractFile, type VendorId, vendorIds } from '../../specs/index.gen.js';
import type { Readings } from '../conformance/dialects/readings.js';
import type { Contract } from '../contract/contract.js';
import { dialectTitles } from '../contract/dialects.js';
import { loadContract } from '../contract/load-contract.js';
import { UsageError } from '../core/errors.js';
import { type ChosenDialects, chooseDialects } from './dialects.js';

function isVendor(name: string): name is VendorId {
  return (vendorIds as readonly string[]).includes(name);
}

/** Where a shipped contract or a contract file lies. Throws a `UsageError` for a name that is neither. */
function fileOf(name: string): string {
  if (isVendor(name)) return contractFile(name);
  if (/[\\/]|\.(ya?ml|json)$/i.test(name)) return name;
  throw new UsageError(
    `Unknown vendor ${JSON.stringify(name)}: known are ${vendorIds.join(', ')}, or give the path of a contract file`,
  );
}

/** The file that people read and edit: of a shipped contract its YAML, also where a build reads it as JSON. */
export function contractSource(name: string): string {
  const file = fileOf(name);
  if (!isVendor(name) || !file.endsWith('.json')) return file;
  // From dist/specs/<vendor>/openapi.json to specs/<vendor>/openapi.yaml, which is packed beside dist.
  return resolve(dirname(file), '..', '..', '..', 'specs', name, 'openapi.yaml');
}

/**
 * A shipped contract by the vendor's id, or any contract file by its path, in the documented reading or as one or more
 * dialects read it. Throws a `UsageError` or `ContractError`.
 */
export async function resolveContract(name: string, dialect: string | readonly string[] = []): Promise<Contract> {
  return loadContract(fileOf(name), { dialect, shipped: isVendor(name) });
}

/** The other readings of a contract, loaded one by one as they are asked for. */
export async function readingsOf(name: string): Promise<Readings> {
  const loaded = new Map<string, Promise<Contract>>();
  return {
    dialects: await dialectTitles(fileOf(name)),
    read(ids) {
      const key = ids.join(' ');
      const contract = loaded.get(key) ?? resolveContract(name, ids);
      loaded.set(key, contract);
      return contract;
    },
  };
}

/**
 * Several contracts; all that are shipped when no name is given. Dialects are given as `VENDOR=NAME`, or as a plain
 * name where one of the vendors alone has it.
 */
export async function resolveContracts(
  names: readonly string[],
  dialects: readonly string[] = [],
): Promise<Contract[]> {
  const asked = names.length > 0 ? names : vendorIds;
  const files = asked.map(fileOf);
  const chosen: ChosenDialects = dialects.length === 0 ? new Map() : await chooseDialects(files, dialects);
  const contracts = await Promise.all(
    asked.map((name, index) => resolveContract(name, chosen.get(files[index] ?? '') ?? [])),
  );
  const twice = contracts.find(({ id }, index) => contracts.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw new UsageError(`${twice.id} is named twice; each vendor is mounted once`);
  return contracts;
}
