import { parseDuration } from '../../src/core/duration.js';
import type { Clock } from '../../src/platform/clock.js';
import type { Fault } from '../fault.js';
import { durationArgument } from '../fault-argument.js';

const usual = '15s';
const pieces = 20;

async function* drip(body: Uint8Array, ms: number, clock: Clock): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, Math.ceil(body.byteLength / pieces));
  for (let at = 0; at < body.byteLength; at += size) {
    await clock.sleep(ms / pieces);
    yield body.subarray(at, at + size);
  }
}

export const slowDrip: Fault = {
  id: 'slow-drip',
  title: 'Sends its answers in small pieces',
  rationale: 'A time-out that starts anew with each byte never ends, and a connection is held for every answer.',
  facts: ['H17i'],
  argument: durationArgument(`How long the body of an answer takes; ${usual} without.`, '40s'),
  applies: () => true,
  after(reply, { clock, argument = usual }) {
    if (reply.stream !== undefined || reply.cut !== undefined || reply.body.length === 0) return reply;
    const body = typeof reply.body === 'string' ? new TextEncoder().encode(reply.body) : reply.body;
    return {
      ...reply,
      headers: { ...reply.headers, 'content-length': String(body.byteLength) },
      body: '',
      stream: drip(body, parseDuration(argument), clock),
    };
  },
};
