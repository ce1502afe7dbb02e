import { type Dispatcher, errors } from 'undici';
import { createClientStack } from './client-stack.js';
import { type Awaited, createPatience, type Patience } from './patience.js';

/** The load driver's view of HTTP: texts in and out, nothing decoded, no redirect followed. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute http or https URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers joined with `, `. The pool only has those that a load reads. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one request; rejects with an error that has a `code` when no whole answer comes. */
export type LoadTransport = (request: LoadRequest) => Promise<LoadAnswer>;

export interface HttpPoolOptions {
  /** Open connections at most; more requests wait for a free one. Default 1024. */
  readonly connections?: number;
  /** Milliseconds until an answer's headers, and between two parts of its body. Default 60,000. */
  readonly timeoutMs?: number;
}

export interface HttpPool {
  readonly transport: LoadTransport;
  /** Closes every connection at once; requests that are still open reject. */
  close(): Promise<void>;
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Turning all of an answer's headers into texts would cost more than reading its body. */
const read = ['retry-after', 'x-proofsheet-ready-at'] as const;
const lengths: ReadonlySet<number> = new Set(read.map((name) => name.length));
/** The place of a request that is not waited for. */
const NOWHERE = -1;
const none: Readonly<Record<string, string>> = {};

function readHeaders(raw: readonly Buffer[]): Readonly<Record<string, string>> {
  let found: Record<string, string> | undefined;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (!lengths.has(raw[index]?.length ?? 0)) continue;
    const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
    if (!(read as readonly string[]).includes(name)) continue;
    const value = raw[index + 1]?.toString('latin1') ?? '';
    found ??= {};
    found[name] = found[name] === undefined ? value : `${found[name]}, ${value}`;
  }
  return found ?? none;
}

/**
 * Receives one answer. These are the calls that the dispatcher itself makes; its newer ones are wrapped around them, with
 * an object of all headers for every answer.
 */
class AnswerReceiver implements Dispatcher.DispatchHandler, Awaited {
  looks = 0;
  place = NOWHERE;
  #abort: ((error: Error) => void) | undefined;
  #status = 0;
  #headers = none;
  #first: Buffer | undefined;
  #more: Buffer[] | undefined;
  readonly #patience: Patience;
  readonly #resolve: (answer: LoadAnswer) => void;
  readonly #reject: (error: Error) => void;

  constructor(patience: Patience, resolve: (answer: LoadAnswer) => void, reject: (error: Error) => void) {
    this.#patience = patience;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    this.#status = 0;
    this.#first = undefined;
    this.#more = undefined;
    if (this.place === NOWHERE) this.#patience.add(this);
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    this.looks = 0;
    this.#status = status;
    // An early answer such as 103 is followed by the real one.
    if (status >= 200) this.#headers = readHeaders(headers);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.looks = 0;
    if (this.#first === undefined) this.#first = chunk;
    else {
      this.#more ??= [this.#first];
      this.#more.push(chunk);
    }
    return true;
  }

  onComplete(): void {
    this.#leave();
    const body = this.#more === undefined ? this.#first?.toString() : Buffer.concat(this.#more).toString();
    this.#resolve({ status: this.#status, headers: this.#headers, body: body ?? '' });
  }

  onError(error: Error): void {
    this.#leave();
    this.#reject(error);
  }

  giveUp(): void {
    this.#abort?.(this.#status === 0 ? new errors.HeadersTimeoutError() : new errors.BodyTimeoutError());
  }

  #leave(): void {
    if (this.place !== NOWHERE) this.#patience.remove(this);
    this.place = NOWHERE;
  }
}

/**
 * Keep-alive connections to one origin, without the platform's Request and Response, which would cost more than the
 * request itself.
 */
export function createHttpPool(target: string, options: HttpPoolOptions = {}): HttpPool {
  const patience = createPatience(options.timeoutMs ?? 60_000);
  const { origin } = new URL(target);
  const pool = createClientStack(origin, options.connections ?? 1024, {
    // Two requests on one connection would wait for each other, and that wait would count as the target's.
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  return {
    transport: ({ method, url, headers, body }) =>
      new Promise((resolve, reject) => {
        const rest = url.startsWith(origin) ? url.slice(origin.length) : '';
        // Anything but a plain path is for the URL's own reader.
        const path = rest.startsWith('/') && !rest.includes('#') ? rest : pathOf(url);
        pool.dispatch(
          { method, path, headers: headers as Record<string, string>, body: body ?? null },
          new AnswerReceiver(patience, resolve, reject),
        );
      }),
    async close() {
      await pool.destroy();
      patience.end();
    },
  };
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
