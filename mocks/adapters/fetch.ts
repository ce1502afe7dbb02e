import type { Engine } from '../engine.js';
import type { EngineReply, EngineRequest } from '../message.js';

/** A request of the platform as the engine's. `prefix` puts a vendor's own host under `/<vendor>`. */
export async function fromRequest(request: Request, prefix = ''): Promise<EngineRequest> {
  const url = new URL(request.url);
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return {
    method: request.method,
    path: prefix + url.pathname,
    query: url.search.slice(1),
    headers: Object.fromEntries(request.headers),
    body,
    origin: url.origin,
    loopback: true,
  };
}

function streamOf(first: string | Uint8Array, chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    start(controller) {
      if (first.length > 0) controller.enqueue(typeof first === 'string' ? utf8.encode(first) : first);
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(utf8.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** The platform wants bytes that nobody else holds. */
function copyOf(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body);
}

export function toResponse(reply: EngineReply): Response {
  if (reply.cut === 'reset') return Response.error();
  const body = reply.stream === undefined ? copyOf(reply.body) : streamOf(reply.body, reply.stream);
  return new Response(body, { status: reply.status, headers: reply.headers });
}

/** The engine as a fetch function: what typed clients and tests take instead of the network. */
export function toFetch(engine: Engine): (request: Request) => Promise<Response> {
  return async (request) => toResponse(await engine.handle(await fromRequest(request)));
}
