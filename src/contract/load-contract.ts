import { ContractError } from '../core/errors.js';
import { readBundle } from './bundle.js';
import { type Contract, type ContractParts, contractId, createContract } from './contract.js';
import { withDialects } from './dialects.js';
import { readDocument } from './document.js';

export interface LoadOptions {
  /** Other readings to apply: names of files in the folder `dialects` beside the contract. */
  readonly dialect?: string | readonly string[];
  /** One of our own contracts: what was validated, linted and compiled before it was packed is taken as it is. */
  readonly shipped?: boolean;
}

/** The schemas of our own blocks are loaded only where they are needed: they are a large part of starting up. */
async function readers(): Promise<Pick<ContractParts, 'readTask' | 'readSides'>> {
  const [{ readTask }, { readSideEndpoints }] = await Promise.all([
    import('./read-task.js'),
    import('./read-side-endpoints.js'),
  ]);
  return { readTask, readSides: readSideEndpoints };
}

/**
 * Loads a contract file by path. Throws a `ContractError` that lists what in it contradicts itself or leads nowhere.
 * The vendor's id is the file's name, or its folder's where the file is `openapi.*`.
 */
export async function loadContract(file: string, options: LoadOptions = {}): Promise<Contract> {
  const { dialect = [], shipped = false } = options;
  const dialects = typeof dialect === 'string' ? [dialect] : dialect;
  const document = await readDocument(file);
  // A dialect may change anything, so that everything has to be read anew.
  const bundled = shipped && dialects.length === 0 ? await readBundle(file) : undefined;
  const parts = bundled ?? (await readers());
  const read = await withDialects(file, document, dialects);
  const contract = createContract(contractId(file), file, read, { ...parts, dialects });
  if (shipped) return contract;
  const { contractProblems } = await import('./lint/lint.js');
  const problems = contractProblems(contract);
  const reading = dialects.length === 0 ? file : `${file} as ${dialects.join(' and ')} reads it`;
  if (problems.length > 0) throw new ContractError(reading, problems);
  return contract;
}
