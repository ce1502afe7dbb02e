import type { ErrorKind } from '../src/contract/async-task.js';

/** A request as the engine sees it: neutral, so that sockets, fetch and MSW feed the same code. */
export interface EngineRequest {
  /** Upper case. */
  readonly method: string;
  /** Path as sent, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array | undefined;
  /** `http://127.0.0.1:4010`: what result URLs start with. */
  readonly origin: string;
  /** Whether the client sits on this machine; only then control answers and control headers are given. */
  readonly loopback: boolean;
  /** Asks to be told if the client hangs up before it has the whole answer; absent where an adapter cannot tell. */
  onGone?(listener: () => void): void;
}

export interface EngineReply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Chunks that follow the body one by one, for event streams. */
  readonly stream?: AsyncIterable<string | Uint8Array>;
  /** Set on an answer in the vendor's error envelope: what was refused, for whoever says it in other words. */
  readonly refusal?: { readonly kind: ErrorKind; readonly param?: string };
  /** The task that the answer is about, for the journal. */
  readonly taskId?: string;
  /**
   * How an adapter ends the connection instead: `truncate` in the middle of the answer, after all chunks of a stream;
   * `reset` and `empty` without a byte, torn down or closed in good order.
   */
  readonly cut?: 'reset' | 'empty' | 'truncate';
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;

export function jsonReply(status: number, body: unknown, headers?: Readonly<Record<string, string>>): EngineReply {
  return jsonTextReply(status, JSON.stringify(body), headers);
}

/** The same for a body that is JSON text already. */
export function jsonTextReply(status: number, body: string, headers?: Readonly<Record<string, string>>): EngineReply {
  return { status, headers: headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers }, body };
}
