import { hash32 } from '../src/platform/random.js';
import type { EngineRequest } from './message.js';
import type { VendorMock } from './vendor-mock.js';

/** What was sent, as a number, and how many equal requests came before it: together they are the seed of its chance. */
export interface CallNumber {
  readonly what: number;
  readonly which: number;
}

function textOf(body: Uint8Array | undefined): string {
  return body === undefined
    ? ''
    : Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4096)).toString('latin1');
}

const known = new WeakMap<EngineRequest, CallNumber>();

/**
 * The number of a request. Requests that come at once are told apart by what they say and not by who is first, so that
 * what chance does to them does not depend on the order in which they are taken in. Of the headers only those count that
 * decide what becomes of a task: the others are different in every run.
 */
export function callNumber(mock: VendorMock, request: EngineRequest): CallNumber {
  const before = known.get(request);
  if (before !== undefined) return before;
  const { method, path, query, headers, body } = request;
  const { authorization = '', prefer = '' } = headers;
  const what = hash32(method, path, query, authorization, prefer, body?.length ?? 0, textOf(body));
  const made = { what, which: mock.occurrences.next(hash32('call', what)) };
  known.set(request, made);
  return made;
}
