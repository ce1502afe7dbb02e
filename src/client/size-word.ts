import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Json } from '../core/pointer.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import { listedValues, propertySchema } from './property-schema.js';

/**
 * The vendor's word for a size. A word that the vendor knows is taken as it is; pixels become the first word that
 * delivers them. Throws an `UnsupportedError` that lists what can be had.
 */
export function sizeWord(contract: Contract, { task }: SubmitOperation, bodySchema: string, asked: string): string {
  const { sizes } = task.delivery;
  if (Object.hasOwn(sizes, asked)) return asked;
  const place = task.request.size;
  const listed: Json[] = place === undefined ? [] : listedValues(contract, propertySchema(contract, bodySchema, place));
  if (listed.includes(asked)) return asked;
  const pixels = /^(\d+)\s*[x×*]\s*(\d+)$/i.exec(asked.trim());
  const wanted = pixels === null ? undefined : `${pixels[1]}x${pixels[2]}`;
  const words = Object.keys(sizes).filter((one) => sizes[one] === wanted);
  // A word that says the pixels itself beats one that only leads to them, such as `auto`.
  const word = words.find((one) => one === wanted) ?? words[0];
  if (word !== undefined) return word;
  const can = Object.entries(sizes).map(([one, delivered]) => (one === delivered ? one : `${delivered} (${one})`));
  throw new UnsupportedError(contract.id, 'size', `it cannot deliver the size ${JSON.stringify(asked)}`, can);
}
