import type { Contract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/operations.js';
import { getAt, toPointer } from '../../src/core/pointer.js';

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Pointers of all members of a valid value that its schema requires, conditions and alternatives included. */
export function requiredPointers(contract: Contract, schema: string, value: unknown, at = ''): string[] {
  const { pointer, value: node } = resolve(contract.document, schema);
  if (!isNode(node)) return [];
  const fits = (one: string) => contract.violations(one, value).length === 0;
  const below = (one: string) => requiredPointers(contract, one, value, at);
  const found: string[] = [];
  if (Array.isArray(node['required'])) found.push(...node['required'].map((name) => at + toPointer([String(name)])));
  if (Array.isArray(node['allOf']))
    found.push(...node['allOf'].flatMap((_, index) => below(`${pointer}/allOf/${index}`)));
  for (const choice of ['oneOf', 'anyOf']) {
    const branches = Array.isArray(node[choice]) ? node[choice].map((_, index) => `${pointer}/${choice}/${index}`) : [];
    found.push(...branches.filter(fits).flatMap(below));
  }
  if (node['if'] !== undefined && node['then'] !== undefined && fits(`${pointer}/if`))
    found.push(...below(`${pointer}/then`));
  for (const name of Object.keys(isNode(node['properties']) ? node['properties'] : {})) {
    const member = getAt(value, toPointer([name]));
    if (member === undefined) continue;
    const place = toPointer([name]);
    found.push(...requiredPointers(contract, `${pointer}/properties${place}`, member, at + place));
  }
  if (node['items'] !== undefined && Array.isArray(value))
    for (const [index, member] of value.entries())
      found.push(...requiredPointers(contract, `${pointer}/items`, member, `${at}/${index}`));
  return [...new Set(found)];
}
