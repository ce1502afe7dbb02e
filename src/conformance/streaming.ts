import type { Contract, SubmitOperation } from '../contract/contract.js';
import { type Json, withAt } from '../core/pointer.js';
import { parameterFor, submitsOf } from './contract-facts.js';
import { contentTypeOf, minimalBody } from './requests.js';
import { jsonType, requestSchema } from './schema.js';

/** Submits whose answer can be a stream. */
export function streamable(contract: Contract): SubmitOperation[] {
  return submitsOf(contract).filter(({ task }) => task.stream !== undefined && task.request.stream !== undefined);
}

/** The body itself, or with the first model beside which it is legal: not every model streams. */
function legalFor(contract: Contract, operation: SubmitOperation, body: Json): Json | undefined {
  const schema = requestSchema(operation, contentTypeOf(operation));
  const place = operation.task.request.model;
  const models = (parameterFor(contract, operation, 'model')?.keywords['enum'] ?? []) as Json[];
  const bodies = [body, ...(place === undefined ? [] : models.map((model) => withAt(body, place, model)))];
  const isForm = contentTypeOf(operation) !== jsonType;
  return bodies.find((one) => schema === undefined || isForm || contract.violations(schema, one).length === 0);
}

/** A legal request for a stream with so many previews; undefined where the contract leads to none. */
export function streamBody(
  contract: Contract,
  operation: SubmitOperation,
  prompt: string,
  previews: number,
): Json | undefined {
  const { stream, partialImages } = operation.task.request;
  const minimal = minimalBody(contract, operation, prompt);
  if (minimal === undefined || stream === undefined) return undefined;
  const streaming = withAt(minimal, stream, true);
  const wanted = partialImages === undefined ? streaming : withAt(streaming, partialImages, previews);
  return legalFor(contract, operation, wanted);
}
