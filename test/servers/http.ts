/** A plain server behind a socket. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer, Asked, Reply } from './kit.js';

/** Headers and bytes of a reply as they go out. */
export function encode(reply: Reply): { readonly headers: Record<string, string>; readonly bytes: Uint8Array } {
  const raw = reply.raw ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw;
  const own = reply.raw === undefined && reply.body !== undefined ? { 'content-type': 'application/json' } : {};
  return { headers: { ...own, ...reply.headers }, bytes };
}

async function readAll(message: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function write(reply: Reply, asked: Asked, response: ServerResponse): void {
  const { headers, bytes } = encode(reply);
  const zipped = headers['content-type']?.includes('json') && asked.headers['accept-encoding']?.includes('gzip');
  const body = zipped ? gzipSync(bytes) : bytes;
  if (zipped) headers['content-encoding'] = 'gzip';
  if (reply.cut === true) {
    response.writeHead(reply.status, { ...headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  // Without a content length the answer goes out in chunks, as behind most proxies.
  response.writeHead(reply.status, headers);
  for (let at = 0; at < body.length; at += 32_768) response.write(body.subarray(at, at + 32_768));
  response.end();
}

/** A request listener for `node:http`. */
export function listener(answer: Answer): RequestListener {
  return async (message, response) => {
    const host = message.headers.host ?? 'localhost';
    const url = new URL(message.url ?? '/', `http://${host}`);
    const headers = message.headers as Asked['headers'];
    const asked = { method: message.method ?? 'GET', path: url.pathname, query: url.searchParams, headers };
    try {
      const onGone = (gone: () => void) =>
        void response.on('close', () => {
          if (!response.writableFinished) gone();
        });
      const whole = { ...asked, bytes: await readAll(message), origin: url.origin, onGone };
      write(await answer(whole), whole, response);
    } catch {
      response.destroy();
    }
  };
}
