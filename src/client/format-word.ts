import type { Contract, SubmitOperation } from '../contract/contract.js';
import { UnsupportedError } from './errors/unsupported-error.js';

/**
 * The vendor's word for a file format, or undefined where it cannot be told one but delivers that format anyway.
 * Throws an `UnsupportedError` that lists the formats that can be had.
 */
export function formatWord(contract: Contract, { task }: SubmitOperation, asked: string): string | undefined {
  const { formats } = task.delivery;
  const wanted = asked.toLowerCase() === 'jpg' ? 'jpeg' : asked.toLowerCase();
  const word = Object.hasOwn(formats, wanted) ? wanted : Object.keys(formats).find((one) => formats[one] === wanted);
  const delivered = Object.values(formats);
  if (task.request.format === undefined ? delivered[0] !== wanted : word === undefined) {
    const can = task.request.format === undefined ? delivered.slice(0, 1) : [...new Set(delivered)];
    throw new UnsupportedError(contract.id, 'format', `it cannot deliver ${JSON.stringify(asked)} files`, can);
  }
  return task.request.format === undefined ? undefined : word;
}

/** The file format that a value of the vendor's format parameter gives. */
export function formatOf({ task }: SubmitOperation, word: unknown): string | undefined {
  const { formats } = task.delivery;
  const kinds = [...new Set(Object.values(formats))];
  if (typeof word === 'string') return Object.hasOwn(formats, word) ? formats[word] : undefined;
  return kinds.length === 1 || task.request.format === undefined ? kinds[0] : undefined;
}
