/** Every shipped contract and its printed payloads, found by folder: a new vendor is tested without a change here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { type Contract, responseFor, type SubmitOperation } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import type { Operation } from '../../src/contract/operations.js';
import type { Json } from '../../src/core/pointer.js';
import { root } from '../support/source-tree.js';

export const contracts: readonly Contract[] = await Promise.all(vendorIds.map((id) => loadContract(contractFile(id))));

export function submitsOf(contract: Contract): SubmitOperation[] {
  return contract.operations.filter((operation): operation is SubmitOperation => operation.task !== undefined);
}

export const submits = contracts.flatMap((contract) =>
  submitsOf(contract).map((operation) => ({ name: `${contract.id} ${operation.id}`, contract, operation })),
);

/** A payload as a vendor's page prints it: data as printed, prompts and messages in our own words. */
export interface Example {
  readonly name: string;
  readonly contract: Contract;
  readonly operation: Operation;
  readonly kind: 'request' | 'response';
  readonly status: number | undefined;
  readonly page: string;
  readonly body: Json;
}

interface ExampleFile {
  readonly operation: string;
  readonly kind: 'request' | 'response';
  readonly status?: number;
  readonly page: string;
  readonly body: Json;
}

function examplesOf(contract: Contract): Example[] {
  const folder = join(root, 'specs', contract.id, 'examples');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const { operation: id, status, ...rest } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as ExampleFile;
      const operation = contract.operations.find((one) => one.id === id);
      if (operation === undefined) throw new Error(`${contract.id}/examples/${file} names no operation: ${id}`);
      return { name: `${contract.id} ${file}`, contract, operation, status, ...rest };
    });
}

export const examples: readonly Example[] = contracts.flatMap(examplesOf);

const json = 'application/json';

/** Where the JSON schema of an answer stands; undefined where the status is not documented. */
export function answerSchema(operation: Operation, status: number): string | undefined {
  return responseFor(operation, status)?.content[json];
}

/** Where the schema of a printed payload stands. */
export function schemaOf({ operation, kind, status }: Example): string {
  const schema = kind === 'request' ? operation.request[json] : answerSchema(operation, status ?? 200);
  if (schema === undefined) throw new Error(`${operation.id} has no schema for a ${kind} ${status ?? ''}`);
  return schema;
}
