import type { Contract, SubmitOperation } from '../contract/contract.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import type { GenerateRequest } from './generate-request.js';

/**
 * The operation that serves a request: the contract's submit, or where that takes no references and some are given,
 * another submit that does.
 */
export function chooseOperation(contract: Contract, request: GenerateRequest): SubmitOperation {
  const { submit } = contract;
  if (submit === undefined)
    throw new UnsupportedError(contract.id, 'generate', 'its contract describes no operation that generates images');
  const wantsReferences = (request.references ?? []).length > 0;
  if (!wantsReferences || submit.task.request.references !== undefined) return submit;
  const other = contract.operations.find(
    (operation): operation is SubmitOperation => operation.task?.request.references !== undefined,
  );
  return other ?? submit;
}
