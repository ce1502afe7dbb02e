import type { Engine } from '../../mocks/engine.js';
import type { LoadTransport } from '../../src/platform/http-pool.js';

/** A mock's engine as a load's transport, without a socket. */
export function engineTransport(engine: Engine): LoadTransport {
  return async ({ method, url, headers, body }) => {
    const { pathname, search, origin, host } = new URL(url);
    const reply = await engine.handle({
      method,
      path: pathname,
      query: search.slice(1),
      headers: { host, ...headers },
      body: body === undefined ? undefined : new TextEncoder().encode(body),
      origin,
      loopback: true,
    });
    const text = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
    return { status: reply.status, headers: reply.headers as Record<string, string>, body: text };
  };
}
