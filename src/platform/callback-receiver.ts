import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotJudgedError } from '../core/errors.js';
import type { Clock } from './clock.js';

/** One call as it came in. */
export interface IncomingCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most `mostCallBytes` of it. */
  readonly body: Uint8Array;
  readonly truncated: boolean;
  /** Unix milliseconds at which the whole call was there. */
  readonly at: number;
}

/** Takes calls of a vendor; whoever listens decides the status of each answer. */
export interface CallbackReceiver {
  /** What the addresses to be called start with, without a trailing slash. */
  readonly url: string;
  /** There is one listener; calls before it is set are answered 503. */
  listen(answer: (call: IncomingCall) => number): void;
  close(): Promise<void>;
}

/** More of a call is not kept; no answer about a task is larger. */
export const mostCallBytes = 64 * 1024;
/** A sender that is slower than this is cut off. */
const slowestCallMs = 10_000;

/**
 * Listens for calls on this machine; `publicUrl` is the address under which a tunnel leads to it.
 * Rejects with a `NotJudgedError` where the port cannot be had.
 */
export async function receiveCallbacks(options: {
  readonly clock: Clock;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  readonly publicUrl?: string;
  /** Calls that are taken at once; 64 by default, more are cut off. */
  readonly connections?: number;
}): Promise<CallbackReceiver> {
  let listener: (call: IncomingCall) => number = () => 503;
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      if (size < mostCallBytes) chunks.push(chunk.subarray(0, mostCallBytes - size));
      size += chunk.byteLength;
    });
    message.on('error', () => undefined);
    message.on('end', () => {
      const headers = Object.entries(message.headersDistinct).map(([name, values]) => [
        name,
        (values ?? []).join(', '),
      ]);
      const status = listener({
        method: message.method ?? '',
        path: message.url ?? '/',
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: Buffer.concat(chunks),
        truncated: size > mostCallBytes,
        at: options.clock.now(),
      });
      response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end();
    });
  });
  server.requestTimeout = slowestCallMs;
  server.headersTimeout = slowestCallMs;
  server.maxConnections = options.connections ?? 64;
  const port = options.port ?? 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new NotJudgedError(`No receiver for callbacks on port ${port} of 127.0.0.1: ${error.message}`)),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  // Waiting for calls is no reason to stay alive.
  server.unref();
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (options.publicUrl ?? own).replace(/\/+$/, ''),
    listen(answer) {
      listener = answer;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
