import { createRng } from '../../src/platform/random.js';
import { callNumber } from '../call-number.js';
import type { EngineReply, EngineRequest } from '../message.js';
import type { VendorMock } from '../vendor-mock.js';

/** A sent value that is longer, or has characters that no header may carry, is not given back. */
const givenBack = /^[\x21-\x7e][\x20-\x7e]{0,199}$/;

function sent(request: EngineRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return value !== undefined && givenBack.test(value) ? value : undefined;
}

/** Two runs can be compared to the byte. */
function madeUp(mock: VendorMock, request: EngineRequest): string {
  const { what, which } = callNumber(mock, request);
  return `req_${createRng(mock.seed, 'request id', what, which).text('0123456789abcdef', 24)}`;
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
