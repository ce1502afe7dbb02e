import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Wire, type WireAnswer, WireError, type WireRequest } from './wire.js';

const kinds: Record<string, WireError['kind']> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
};

function toWireError(error: NodeJS.ErrnoException, url: string): WireError {
  const code = error.code ?? '';
  const kind = kinds[code] ?? (code.startsWith('HPE_') ? 'malformed' : /CERT|TLS|SSL/.test(code) ? 'tls' : 'other');
  return new WireError(kind, `${new URL(url).host}: ${error.message || code || 'no answer'}`);
}

function joinHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) headers[name] = (values ?? []).join(', ');
  return headers;
}

/** A wire over real sockets, with connections kept alive until `close`. */
export function createNodeWire(): { readonly wire: Wire; close(): void } {
  const http = new HttpAgent({ keepAlive: true, maxSockets: 64 });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: 64 });

  const wire = (request: WireRequest): Promise<WireAnswer> =>
    new Promise((resolve, reject) => {
      const secure = request.url.startsWith('https:');
      const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
      const headers: Record<string, string | number> = { ...request.headers };
      if (body !== undefined && headers['content-length'] === undefined) headers['content-length'] = body.byteLength;
      const sent = (secure ? httpsRequest : httpRequest)(
        request.url,
        { method: request.method, headers, agent: secure ? https : http },
        (message) => {
          if (request.hangUp !== undefined) return void message.once('data', hangUp).once('end', hangUp);
          const chunks: Buffer[] = [];
          let size = 0;
          const answer = (truncated: boolean) => {
            clearTimeout(timer);
            resolve({
              status: message.statusCode ?? 0,
              headers: joinHeaders(message),
              body: Buffer.concat(chunks).subarray(0, request.maxBytes),
              truncated,
            });
          };
          message.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.byteLength;
            if (size > request.maxBytes) {
              answer(true);
              message.destroy();
            }
          });
          message.on('end', () => answer(false));
          message.on('aborted', () => answer(true));
          message.on('error', () => answer(true));
        },
      );
      const fail = (error: WireError) => {
        clearTimeout(timer);
        reject(error);
        sent.destroy();
      };
      const timer = setTimeout(
        () => fail(new WireError('timeout', `${new URL(request.url).host}: no answer within ${request.timeoutMs} ms`)),
        request.timeoutMs,
      );
      const hangUp = () => fail(new WireError('hung-up', 'closed by us on purpose'));
      // What was written is on its way by then, whatever becomes of the connection.
      if (request.hangUp === 'unread') sent.on('finish', () => setImmediate(hangUp));
      const onAbort = () => fail(new WireError('aborted', 'aborted'));
      if (request.signal?.aborted) return onAbort();
      request.signal?.addEventListener('abort', onAbort, { once: true });
      sent.on('close', () => request.signal?.removeEventListener('abort', onAbort));
      sent.on('error', (error) => fail(toWireError(error, request.url)));
      sent.end(body);
    });

  return {
    wire,
    close() {
      http.destroy();
      https.destroy();
    },
  };
}
