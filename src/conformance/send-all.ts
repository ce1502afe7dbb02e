import type { Sent } from './evidence.js';
import { createLimit } from './limit.js';
import type { ProbeContext } from './probe.js';
import type { Call } from './recorder.js';

/** So many requests at once do a server on this machine no harm; a vendor is asked one thing after the other. */
const atOnceOnLoopback = 8;

/** Sends requests that do not depend on each other, in their order and within bounds. */
export async function sendAll(context: ProbeContext, calls: readonly Call[]): Promise<readonly Sent[]> {
  const limit = createLimit(context.loopback ? atOnceOnLoopback : 1);
  const settled = await Promise.allSettled(calls.map((call) => limit(() => context.send(call))));
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
