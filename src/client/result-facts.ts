import type { Contract, SubmitOperation } from '../contract/contract.js';
import { getAt, type Json } from '../core/pointer.js';
import type { TaskView } from '../core/task.js';
import { formatOf } from './format-word.js';
import { fillIn, propertySchema } from './property-schema.js';
import { bodySchemaOf } from './request-body.js';

/** The file format of the results, as far as answer, request and contract tell; `body` is what was sent. */
export function formatFor(
  contract: Contract,
  operation: SubmitOperation,
  body: Json | undefined,
  view: TaskView,
): string | undefined {
  const place = operation.task.request.format;
  if (place === undefined || body === undefined) return formatOf(operation, view.params?.['format']);
  const assumed = operation.task.assume?.[place] as Json | undefined;
  const usual = fillIn(contract, propertySchema(contract, bodySchemaOf(contract, operation).schema, place), assumed);
  return formatOf(operation, view.params?.['format'] ?? getAt(body, place) ?? usual);
}

/** The cost with the vendor's unit; nothing where the answer tells no number. */
export function costOf(
  { task }: SubmitOperation,
  amount: unknown,
): { readonly cost?: { readonly amount: number; readonly unit?: string } } {
  if (typeof amount !== 'number') return {};
  return { cost: { amount, ...(task.price === undefined ? {} : { unit: task.price.unit }) } };
}
