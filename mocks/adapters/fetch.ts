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
    onGone: (listener) => request.signal.addEventListener('abort', listener, { once: true }),
  };
}

function streamOf(
  { body: first, cut }: EngineReply,
  chunks: AsyncIterable<string | Uint8Array>,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    start(controller) {
      if (first.length > 0) controller.enqueue(typeof first === 'string' ? utf8.encode(first) : first);
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done !== true) controller.enqueue(typeof value === 'string' ? utf8.encode(value) : value);
      // What a broken connection looks like to a reader of the platform.
      else if (cut === 'truncate') controller.error(new TypeError('terminated'));
      else controller.close();
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

/** The first half of a body; an adapter ends the connection after it. */
async function* firstHalf({ body }: EngineReply): AsyncGenerator<Uint8Array> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  yield bytes.subarray(0, Math.floor(bytes.byteLength / 2));
}

/** A broken connection is `Response.error()`, an answer cut short one whose body cannot be read to its end. */
export function toResponse(reply: EngineReply): Response {
  if (reply.cut === 'reset' || reply.cut === 'empty') return Response.error();
  const halved = reply.cut === 'truncate' && reply.stream === undefined;
  const chunks = halved ? firstHalf(reply) : reply.stream;
  const body = chunks === undefined ? copyOf(reply.body) : streamOf(halved ? { ...reply, body: '' } : reply, chunks);
  return new Response(body, { status: reply.status, headers: reply.headers });
}

/** The engine as a fetch function: what typed clients and tests take instead of the network. */
export function toFetch(engine: Engine): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = toResponse(await engine.handle(await fromRequest(request)));
    // The platform's own fetch rejects so when a connection breaks.
    if (response.type === 'error')
      throw new TypeError('fetch failed', { cause: new Error('the connection was closed') });
    return response;
  };
}
