import type { Engine } from '../../mocks/engine.js';
import type { Clock } from '../../src/platform/clock.js';
import type { VirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';

/** The engine's own view of a virtual clock: while it sleeps inside a request, time may go on. */
export function clockInside(clock: VirtualClock): Clock {
  return { now: clock.now, sleep: (ms, signal) => clock.release(clock.sleep(ms, signal)) };
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** An engine as the runner's wire, without a socket: time stands still while a request is worked on. */
export function engineWire(engine: Engine, clock: VirtualClock): Wire {
  return (request) =>
    clock.hold(
      (async () => {
        const url = new URL(request.url);
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const reply = await engine.handle({
          method: request.method,
          path: url.pathname,
          query: url.search.slice(1),
          headers: { host: url.host, ...headers },
          body: request.body === undefined ? undefined : bytesOf(request.body),
          origin: url.origin,
          loopback: true,
        });
        if (reply.cut === 'reset' || reply.cut === 'empty')
          throw new WireError(
            'reset',
            `the connection was ${reply.cut === 'reset' ? 'reset' : 'closed without an answer'}`,
          );
        const chunks = [bytesOf(reply.body)];
        for await (const chunk of reply.stream ?? []) chunks.push(bytesOf(chunk));
        const body = reply.stream === undefined ? bytesOf(reply.body) : Buffer.concat(chunks);
        return {
          status: reply.status,
          headers: reply.headers,
          body: body.subarray(0, request.maxBytes),
          truncated: body.byteLength > request.maxBytes || reply.cut === 'truncate',
        };
      })(),
    );
}
