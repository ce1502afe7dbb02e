import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { AsyncTask, ErrorKind } from '../../src/contract/async-task.js';
import type { Violation } from '../../src/contract/validators.js';
import type { TaskError } from '../../src/core/task.js';
import { type EngineReply, jsonReply } from '../message.js';

const usualStatus: Record<ErrorKind, number> = {
  invalidRequest: 400,
  unauthorized: 401,
  paymentRequired: 402,
  forbidden: 403,
  notFound: 404,
  unknownTask: 404,
  malformedTaskId: 400,
  methodNotAllowed: 405,
  bodyTooLarge: 413,
  unsupportedMediaType: 415,
  moderation: 400,
  idempotencyReused: 409,
  idempotencyInProgress: 409,
  rateLimited: 429,
  serverError: 500,
  badGateway: 502,
};

/** An error in the vendor's own envelope; a kind that the contract does not state falls back to plain HTTP sense. */
export function errorReply(
  task: AsyncTask,
  kind: ErrorKind,
  message: string,
  more: { readonly param?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): EngineReply {
  const stated = task.errors.kinds[kind];
  const status = stated?.status ?? usualStatus[kind];
  const error: Record<string, unknown> = {
    code: stated?.code ?? status,
    type: stated?.type ?? kind,
    message,
    ...(more.param === undefined && stated?.param === undefined ? {} : { param: stated?.param ?? more.param }),
  };
  const headers = kind === 'unauthorized' ? { 'www-authenticate': 'Bearer', ...more.headers } : more.headers;
  const body = renderAnswer(task.errors.answer, { results: [], error: error as TaskError });
  return {
    ...jsonReply(status, body, headers),
    refusal: more.param === undefined ? { kind } : { kind, param: more.param },
  };
}

/** The first violation as a sentence that names the field. */
export function refusalMessage(violations: readonly Violation[]): {
  readonly message: string;
  readonly param?: string;
} {
  const first = violations[0];
  if (first === undefined) return { message: 'The request is not valid' };
  const field = first.pointer.slice(1).replaceAll('/', '.');
  if (first.keyword === 'required') return { message: `'${field}' is required`, param: field };
  if (field === '') return { message: `The request body ${first.message}` };
  return { message: `'${field}' ${first.message}`, param: field };
}
