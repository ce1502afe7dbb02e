import { connect, type Socket } from 'node:net';

/**
 * A client that costs as little as it can, so that the server is what a figure tells of: ready bytes go out, and of an
 * answer only its status, its length and its moment are looked at. One request is open per connection.
 */
export interface Drive {
  readonly port: number;
  /** Whole requests as bytes; each connection takes the next one in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  /** Ends after so many seconds or so many answers, whatever comes first. */
  readonly until: { readonly seconds?: number; readonly answers?: number };
  /** Milliseconds that a connection rests between an answer and its next request. */
  readonly restMs?: number;
  readonly onBody?: (body: string, index: number) => void;
}

export interface Driven {
  readonly answers: number;
  readonly seconds: number;
  /** Milliseconds from sending to the last byte, sorted. */
  readonly latenciesMs: Float64Array;
  /** Processor time of this client over wall time. */
  readonly clientBusy: number;
}

/** A request with a bearer key. */
export function requestBytes(key: string, method: string, path: string, body?: string): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${key}`];
  if (body !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

const lengthHeader = /\r\ncontent-length: *(\d+)/i;

export function drive({ port, requests, connections, until, restMs = 0, onBody }: Drive): Promise<Driven> {
  const { answers: most = Number.POSITIVE_INFINITY, seconds: longest = Number.POSITIVE_INFINITY } = until;
  const latencies: number[] = [];
  const sockets: Socket[] = [];
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const endsAt = began + longest * 1000;
  let sent = 0;
  let open = connections;

  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      for (const socket of sockets) socket.destroy();
      reject(error);
    };
    const finish = () => {
      const seconds = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(cpuBefore);
      resolve({
        answers: latencies.length,
        seconds,
        latenciesMs: Float64Array.from(latencies).sort(),
        clientBusy: (user + system) / 1e6 / seconds,
      });
    };

    for (let index = 0; index < connections; index += 1) {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      socket.setNoDelay(true);
      let current = 0;
      let sentAt = 0;
      let held = '';
      let received = 0;
      let expected = Number.NaN;
      const next = () => {
        if (sent >= most || performance.now() >= endsAt) {
          socket.destroy();
          open -= 1;
          if (open === 0) finish();
          return;
        }
        current = sent;
        sent += 1;
        sentAt = performance.now();
        socket.write(requests[current % requests.length] as Buffer);
      };
      socket.on('connect', next);
      socket.on('error', fail);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.byteLength;
        // Large bodies are counted, not kept, so that they do not keep this client from looking at the time.
        if (Number.isNaN(expected) || onBody !== undefined) held += chunk.toString('latin1');
        if (Number.isNaN(expected)) {
          const end = held.indexOf('\r\n\r\n');
          if (end < 0) return;
          expected = end + 4 + Number(lengthHeader.exec(held)?.[1] ?? Number.NaN);
          if (Number.isNaN(expected)) return fail(new Error(`An answer without a length: ${held.slice(0, 200)}`));
        }
        if (received < expected) return;
        const now = performance.now();
        if (held.charCodeAt(9) !== 0x32) return fail(new Error(`Refused: ${held.slice(0, 400)}`));
        latencies.push(now - sentAt);
        onBody?.(held.slice(held.indexOf('\r\n\r\n') + 4), current);
        held = '';
        received = 0;
        expected = Number.NaN;
        if (restMs > 0) setTimeout(next, restMs);
        else next();
      });
    }
  });
}
