import type { Contract } from '../../contract/contract.js';

/** So many contracts are remembered beyond the life of the values that stand for them. */
const mostKept = 16;

interface Kept {
  readonly byName: Map<string, unknown>;
}

const byContract = new WeakMap<Contract, Kept>();
const byText = new Map<string, Kept>();

/** Two contracts with the same text and reading give the same cases; loading one anew must not cost them again. */
function keptFor(contract: Contract): Kept {
  const known = byContract.get(contract);
  if (known !== undefined) return known;
  const text = JSON.stringify([contract.id, contract.document]);
  const kept = byText.get(text) ?? { byName: new Map() };
  byText.delete(text);
  byText.set(text, kept);
  if (byText.size > mostKept) byText.delete(byText.keys().next().value ?? '');
  byContract.set(contract, kept);
  return kept;
}

/** What a pure function of a contract gives, computed once per contract and name. */
export function remembered<T>(contract: Contract, name: string, make: () => T): T {
  const { byName } = keptFor(contract);
  if (!byName.has(name)) byName.set(name, make());
  return byName.get(name) as T;
}
