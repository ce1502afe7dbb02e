import type { AsyncTask } from '../../src/contract/async-task.js';
import type { Contract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/operations.js';
import type { Violation } from '../../src/contract/validators.js';
import { getAt, type Json } from '../../src/core/pointer.js';
import type { EngineReply } from '../message.js';
import { errorReply, refusalMessage } from './error-reply.js';

function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A body that breaks its schema, refused as the contract says: some fields have a refusal of their own. */
export function refuseFields(
  contract: Contract,
  task: AsyncTask,
  violations: readonly Violation[],
  body: Json,
): EngineReply {
  const { message, param } = refusalMessage(violations);
  const more = param === undefined ? {} : { param };
  const first = violations[0];
  const own = task.errors.fields?.find(({ pointer }) => pointer === first?.pointer);
  if (first === undefined || own === undefined) return errorReply(task, 'invalidRequest', message, more);
  const allowed = resolve(contract.document, first.schema).value;
  const text = own.message
    ?.replaceAll('{value}', written(getAt(body, own.pointer)))
    .replaceAll('{allowed}', Array.isArray(allowed) ? allowed.map(written).join(', ') : written(allowed));
  return errorReply(task, own.kind, text ?? message, more);
}
