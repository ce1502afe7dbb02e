import type { AsyncTask } from '../../src/contract/async-task.js';
import type { EngineReply, EngineRequest } from '../message.js';
import { errorReply } from './error-reply.js';
import { messageFor } from './language.js';

/** A refusal in the language that the client asked for, where the contract has words for it; else as it is. */
export function translate(task: AsyncTask, reply: EngineReply, request: EngineRequest): EngineReply {
  const { refusal } = reply;
  if (refusal === undefined) return reply;
  const message = messageFor(task.errors.kinds[refusal.kind]?.messages, request);
  if (message === undefined) return reply;
  return errorReply(task, refusal.kind, message.replaceAll('{field}', refusal.param ?? '?'), {
    headers: reply.headers,
    ...(refusal.param === undefined ? {} : { param: refusal.param }),
  });
}
