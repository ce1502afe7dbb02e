import type { Role } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import { type Json, withAt } from '../core/pointer.js';
import { parameterFor } from './contract-facts.js';
import { bodySchema } from './requests.js';

/** A legal request that names whatever a vendor could otherwise choose to bill by, so that its price is a fixed one. */
export function pricedBody(contract: Contract, submit: SubmitOperation, minimal: Json): Json {
  const isLegal = (body: Json) => contract.violations(bodySchema(submit) ?? '', body).length === 0;
  return (['size', 'quality'] as Role[]).reduce<Json>((body, role) => {
    const pointer = submit.task.request[role];
    const values = (parameterFor(contract, submit, role)?.keywords['enum'] ?? []) as Json[];
    const tries = values.filter((value) => value !== 'auto').map((value) => withAt(body, pointer ?? '', value));
    return pointer === undefined ? body : (tries.find(isLegal) ?? body);
  }, minimal);
}
