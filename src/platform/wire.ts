/**
 * The runner's view of HTTP: any method, header and body as given, raw bytes back, a time-out and a byte cap.
 * Redirects are not followed and nothing is decoded.
 */
export interface WireRequest {
  readonly method: string;
  /** Absolute http or https URL. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs: number;
  /** Bytes of the body that are kept; the connection is closed beyond. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /**
   * Closes the connection on purpose, which rejects with `hung-up`: `unread` as soon as the request is out, `half-way`
   * with the first bytes of the answer's body.
   */
  readonly hangUp?: 'unread' | 'half-way';
}

export interface WireAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** True when the body was cut at `maxBytes` or ended before its announced length. */
  readonly truncated: boolean;
}

/** What kept an answer from coming. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly kind: 'refused' | 'timeout' | 'reset' | 'malformed' | 'tls' | 'aborted' | 'hung-up' | 'other';

  constructor(kind: WireError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Sends one request; rejects with a `WireError` when no whole answer comes. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;
