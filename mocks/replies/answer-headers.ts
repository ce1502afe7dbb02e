import { createRng, hash32 } from '../../src/platform/random.js';
import type { EngineReply, EngineRequest } from '../message.js';
import type { VendorMock } from '../vendor-mock.js';

/** A sent value that is longer, or has characters that no header may carry, is not given back. */
const givenBack = /^[\x21-\x7e][\x20-\x7e]{0,199}$/;

function sent(request: EngineRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return value !== undefined && givenBack.test(value) ? value : undefined;
}

/** Equal requests in equal order get equal ids, so that two runs can be compared to the byte. */
function madeUp(mock: VendorMock, { method, path, query, headers, body }: EngineRequest): string {
  const text =
    body === undefined ? '' : Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 4096)).toString('latin1');
  const what = hash32('request id', method, path, query, headers['authorization'] ?? '', body?.length ?? 0, text);
  const occurrence = mock.occurrences.next(what);
  return `req_${createRng(mock.seed, 'request id', what, occurrence).text('0123456789abcdef', 24)}`;
}

/** The headers that the vendor puts on every answer, whatever it says. */
export function withAnswerHeaders(mock: VendorMock, request: EngineRequest, reply: EngineReply): EngineReply {
  const { echoHeaders, requestIdHeader } = mock.task;
  if (echoHeaders === undefined && requestIdHeader === undefined) return reply;
  const more: Record<string, string> = {};
  for (const name of echoHeaders ?? []) {
    const value = sent(request, name);
    if (value !== undefined) more[name.toLowerCase()] = value;
  }
  if (requestIdHeader !== undefined)
    more[requestIdHeader.toLowerCase()] = sent(request, requestIdHeader) ?? madeUp(mock, request);
  return { ...reply, headers: { ...more, ...reply.headers } };
}
