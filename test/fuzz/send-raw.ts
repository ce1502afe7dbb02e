import { connect, type Socket } from 'node:net';
import type { HostileRequest } from './hostile-request.js';

/** What came back before the connection was closed. */
export interface RawAnswer {
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const noAnswer: RawAnswer = { status: 0, headers: {}, body: Buffer.alloc(0) };
const emptyLine = Buffer.from('\r\n\r\n');

/** Reads an answer by hand, so that nothing of it is repaired on the way. Throws where it is no HTTP. */
function parseAnswer(bytes: Buffer, method: string): RawAnswer {
  if (bytes.byteLength === 0) return noAnswer;
  const end = bytes.indexOf(emptyLine);
  const [first = '', ...lines] = bytes.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  if (end < 0 || !Number.isInteger(status))
    throw new Error(`no HTTP answer: ${bytes.subarray(0, 200).toString('latin1')}`);
  const rest = bytes.subarray(end + emptyLine.byteLength);
  if (status < 200) return parseAnswer(rest, method);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  if (headers['transfer-encoding'] === 'chunked') return { status, headers, body: dechunked(rest) };
  // What is not readable as HTTP is refused before its method is known: then even a HEAD may get a text.
  const bare = method === 'HEAD' && (rest.byteLength === 0 || ![400, 431].includes(status));
  const length = bare ? 0 : Number(headers['content-length'] ?? rest.byteLength);
  // What a client sends beyond its announced length is another request, and not a readable one.
  const beyond = rest.subarray(length);
  if (length > rest.byteLength || (beyond.byteLength > 0 && !beyond.toString('latin1').startsWith('HTTP/1.1 400 ')))
    throw new Error(`an answer of ${rest.byteLength} bytes promises ${length}`);
  return { status, headers, body: rest.subarray(0, length) };
}

function dechunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    const size = end < 0 ? Number.NaN : Number.parseInt(bytes.subarray(at, end).toString('latin1'), 16);
    if (!Number.isInteger(size)) throw new Error('a chunked answer has no end');
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

function announcedLength({ sending, body, headers }: HostileRequest): string[] {
  if (headers.some(([name]) => name === 'content-length' || name === 'transfer-encoding')) return [];
  const wrong = sending === 'too-short' ? -1 : sending === 'too-long' ? 7 : 0;
  return body.byteLength === 0 && wrong <= 0 ? [] : [`content-length: ${Math.max(0, body.byteLength + wrong)}`];
}

function bytesOf(request: HostileRequest): Buffer {
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...announcedLength(request),
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), request.body]);
}

/** Whether a server would wait for more than comes, or for another end of it. */
function announcesWrongly({ sending, headers }: HostileRequest): boolean {
  return sending === 'too-long' || headers.some(([name]) => name === 'content-length' || name === 'transfer-encoding');
}

/** Writes in many parts, each in a turn of the event loop of its own. */
function drip(socket: Socket, bytes: Buffer): void {
  socket.setNoDelay(true);
  const size = Math.ceil(bytes.byteLength / 40);
  const next = (at: number) => {
    if (at < bytes.byteLength) socket.write(bytes.subarray(at, at + size), () => setImmediate(next, at + size));
  };
  next(0);
}

/** Sends one request over a socket of its own. Rejects where the answer is no HTTP, or neither answer nor end comes. */
export function sendRaw(port: number, request: HostileRequest, patienceMs = 15_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const bytes = bytesOf(request);
    const socket = connect(port, '127.0.0.1', () => {
      const middle = Math.floor(bytes.byteLength / 2);
      if (request.sending === 'hang-up') socket.write(bytes.subarray(0, middle), () => socket.destroy());
      else if (request.sending === 'stall') socket.write(bytes.subarray(0, Math.max(1, bytes.byteLength - 1)));
      else if (request.sending === 'in-drops') drip(socket, bytes);
      else if (request.sending === 'in-two') {
        socket.setNoDelay(true);
        socket.write(bytes.subarray(0, middle), () => setImmediate(() => socket.write(bytes.subarray(middle))));
      } else if (announcesWrongly(request)) socket.end(bytes);
      // The server ends the connection: one that the client has half closed gets no answer that takes its time.
      else socket.write(bytes);
    });
    const chunks: Buffer[] = [];
    socket.setTimeout(patienceMs, () => socket.destroy(new Error(`nothing came for ${patienceMs} ms`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    let failure: Error | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server may close on a client that is still talking; what it said before counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') failure = error;
    });
    socket.on('close', () => {
      if (failure !== undefined) return reject(failure);
      try {
        resolve(parseAnswer(Buffer.concat(chunks), request.method));
      } catch (error) {
        if (request.sending === 'hang-up') resolve(noAnswer);
        else reject(error);
      }
    });
  });
}
