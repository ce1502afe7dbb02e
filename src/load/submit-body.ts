import type { Role } from '../contract/async-task.js';
import { type Contract, type SubmitOperation, schemaFor } from '../contract/contract.js';
import { resolve } from '../contract/operations.js';
import { UsageError } from '../core/errors.js';
import { getAt, type Json, setAt, withAt } from '../core/pointer.js';

/** Roles that would make a submit fetch pictures, call back, or answer in another form. */
const left: readonly Role[] = ['references', 'mask', 'callback', 'stream', 'partialImages'];

function examplesOf(contract: Contract, operation: SubmitOperation): Json[] {
  const pointer = `${operation.pointer}/requestBody`;
  const { value } = resolve(contract.document, pointer);
  const examples = getAt(value, '/content/application~1json/examples');
  return Object.values((examples ?? {}) as Record<string, { readonly value?: Json }>).flatMap((example) =>
    example?.value === undefined ? [] : [example.value],
  );
}

/**
 * The body of the run's n-th submit: the first example of the contract that asks for one thing only, with a prompt of
 * its own, and where the vendor shall call, the address for that task. Throws a `UsageError` where the contract has no
 * usable example.
 */
export function submitBody(
  contract: Contract,
  operation: SubmitOperation,
  given?: Json,
  callTo?: (task: number) => string,
): (task: number) => string {
  const { request } = operation.task;
  const called = (body: Json, task: number) =>
    callTo === undefined || request.callback === undefined ? body : withAt(body, request.callback, callTo(task));
  const prompt = request.prompt ?? '/prompt';
  const plain = examplesOf(contract, operation).find((example) =>
    left.every((role) => request[role] === undefined || getAt(example, request[role] ?? '') === undefined),
  );
  const body = given ?? withAt(plain ?? {}, prompt, 'A lighthouse at dawn');
  const schema = schemaFor(operation.request, 'application/json')?.schema;
  const problems = schema === undefined ? [] : contract.violations(schema, body);
  if (problems.length > 0)
    throw new UsageError(
      `${contract.id}: the body of a submit breaks the contract: ` +
        `${problems.map((one) => `${one.pointer} ${one.message}`).join('; ')}. ` +
        'Give a request body, or add an example to the contract.',
    );
  // A body given by the caller is sent as it is: its prompt may be the point of the run.
  if (given !== undefined) return (task) => JSON.stringify(called(given, task));
  return (task) => JSON.stringify(called(setAt(body, prompt, `A lighthouse at dawn, picture ${task}`), task));
}
