import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { UsageError } from '../../src/core/errors.js';
import type { Engine } from '../engine.js';
import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Bytes of a request body that are read; more is answered 413. */
  readonly maxBodyBytes?: number;
  /** Milliseconds that the headers and the whole of a request may take to arrive; ten and thirty seconds by default. */
  readonly patience?: { readonly headersMs: number; readonly wholeMs: number };
  /** Called after each answer. */
  readonly onAnswer?: (request: EngineRequest, reply: EngineReply, ms: number) => void;
  /** Called with what should never happen; the client gets a plain 500. */
  readonly onError?: (error: unknown) => void;
  /** Monotonic milliseconds; only needed with `onAnswer`. */
  readonly monotonicMs?: () => number;
}

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:4010` */
  readonly origin: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

const defaultMaxBody = 32 * 1024 * 1024;
const usualPatience = { headersMs: 10_000, wholeMs: 30_000 };
/** What is still swallowed of a refused body, so that the client gets to read the 413. */
const mostSwallowed = 64 * 1024 * 1024;

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || address?.startsWith('127.') === true || address?.startsWith('::ffff:127.') === true;
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The Host header names the origin of result URLs when it looks like a host; else the socket's own address does. */
function createOriginReader(own: () => string): (host: string | undefined) => string {
  // Nearly always the same one as in the last request.
  let lastHost: string | undefined;
  let lastOrigin = '';
  return (host) => {
    if (host !== undefined && host === lastHost) return lastOrigin;
    if (host === undefined || !/^[\w.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:]+\](:\d{1,5})?$/.test(host)) return own();
    lastHost = host;
    lastOrigin = `http://${host}`;
    return lastOrigin;
  };
}

/** Names and values in turn, as the platform takes them without looking at each name again. */
function rawHeaders(headers: Readonly<Record<string, string>>, size: number): string[] {
  const raw: string[] = [];
  for (const name in headers) raw.push(name, headers[name] ?? '');
  raw.push('content-length', String(size));
  return raw;
}

/** The usual end of an answer: whole, at once, without a promise on the hot path of a poll. */
function writeWhole({ status, headers, body }: EngineReply, message: IncomingMessage, response: ServerResponse): void {
  const size = Buffer.byteLength(body);
  response.writeHead(status, rawHeaders(headers, size));
  if (message.method === 'HEAD') response.end();
  // A text of as many bytes as characters is the same in both encodings, and this one is written faster.
  else if (size === body.length && typeof body === 'string') response.end(body, 'latin1');
  else response.end(body);
}

async function writeUnusual(reply: EngineReply, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (reply.cut === 'reset') {
    message.socket.resetAndDestroy();
  } else if (reply.cut === 'empty') {
    message.socket.end();
  } else if (reply.stream !== undefined) {
    response.writeHead(reply.status, { ...reply.headers });
    response.write(reply.body);
    for await (const chunk of reply.stream) {
      if (response.destroyed) break;
      if (!response.write(chunk)) await new Promise((resume) => response.once('drain', resume).once('close', resume));
    }
    // What was written so far still goes out; the end of the answer never does.
    if (reply.cut === 'truncate') message.socket.end();
    else response.end();
  } else {
    const bytes = Buffer.from(reply.body as string);
    response.writeHead(reply.status, rawHeaders(reply.headers, bytes.byteLength));
    const half = bytes.subarray(0, Math.floor(bytes.byteLength / 2));
    response.write(half, () => message.socket.destroy());
  }
}

function write(reply: EngineReply, message: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
  if (reply.stream !== undefined || reply.cut !== undefined) return writeUnusual(reply, message, response);
  writeWhole(reply, message, response);
  return undefined;
}

function createListener(engine: Engine, options: ListenOptions, ownOrigin: () => string) {
  const maxBody = options.maxBodyBytes ?? defaultMaxBody;
  const originOf = createOriginReader(ownOrigin);

  /** The engine's own limit for this request; only few have one, so that it is not asked about the others. */
  const limitOf = (message: IncomingMessage) =>
    engine.bodyLimit({
      method: message.method ?? '',
      path: splitTarget(message.url ?? '/').path,
      headers: message.headers as EngineRequest['headers'],
      origin: originOf(message.headers.host),
      loopback: isLoopback(message.socket.remoteAddress),
    });

  const finish = (message: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined) => {
    const { path, query } = splitTarget(message.url ?? '/');
    const request: EngineRequest = {
      method: message.method ?? 'GET',
      path,
      query,
      headers: message.headers as EngineRequest['headers'],
      body,
      origin: originOf(message.headers.host),
      loopback: isLoopback(message.socket.remoteAddress),
      onGone: (listener) =>
        void response.on('close', () => {
          if (!response.writableFinished) listener();
        }),
    };
    const began = options.onAnswer === undefined ? 0 : (options.monotonicMs?.() ?? 0);
    const send = (reply: EngineReply) => {
      options.onAnswer?.(request, reply, (options.monotonicMs?.() ?? 0) - began);
      return write(reply, message, response);
    };
    const fail = (error: unknown) => {
      options.onError?.(error);
      if (!response.headersSent)
        void write(jsonReply(500, { error: { message: 'The mock failed' } }), message, response);
      else response.destroy();
    };
    try {
      const reply = engine.handle(request);
      if (reply instanceof Promise) reply.then(send).catch(fail);
      else send(reply)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };

  return (message: IncomingMessage, response: ServerResponse) => {
    if (message.method === 'GET' || message.method === 'HEAD') return finish(message, response, undefined);
    const chunks: Buffer[] = [];
    const most = message.method === 'PUT' ? (limitOf(message) ?? maxBody) : maxBody;
    let size = 0;
    let refused = false;
    message.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= most) chunks.push(chunk);
      else if (!refused) {
        refused = true;
        chunks.length = 0;
        const reply = engine.refuseBody(splitTarget(message.url ?? '/').path, most);
        void write({ ...reply, headers: { ...reply.headers, connection: 'close' } }, message, response);
      } else if (size > most + mostSwallowed) message.destroy();
    });
    message.on('end', () => {
      if (!refused) finish(message, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    // A client that hangs up in the middle of its request gets no answer and leaves nothing behind: nobody listens to
    // the errors of its message, and then there are none.
  };
}

function answerBadRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request';
  const body = JSON.stringify({ error: { message: `This is not a readable HTTP request (${status.slice(4)})` } });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function toUsageError(error: NodeJS.ErrnoException, { host, port }: ListenOptions): Error {
  if (error.code === 'EADDRINUSE')
    return new UsageError(
      `Port ${port} on ${host} is in use: choose another with --port, or --port 0 for any free one`,
    );
  if (error.code === 'EACCES') return new UsageError(`Port ${port} on ${host} may not be opened by this user`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(`${host} is not an address of this machine`);
  return error;
}

/** Serves an engine on a real socket. Rejects with a `UsageError` when the port cannot be had. */
export function listen(engine: Engine, options: ListenOptions): Promise<Listening> {
  let origin = '';
  const patience = options.patience ?? usualPatience;
  const server: Server = createServer(
    {
      requestTimeout: patience.wholeMs,
      headersTimeout: patience.headersMs,
      keepAliveTimeout: 30_000,
      connectionsCheckingInterval: Math.min(2_000, patience.headersMs),
    },
    createListener(engine, options, () => origin),
  );
  server.on('clientError', answerBadRequest);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toUsageError(error, options)));
    server.listen(options.port, options.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = options.host === '0.0.0.0' || options.host === '::' ? '127.0.0.1' : options.host;
      origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
      resolve({
        port,
        origin,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
