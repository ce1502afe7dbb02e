import { Pool } from 'undici';

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
  /** Lower-case names; repeated headers joined with `, `. */
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

/**
 * Keep-alive connections to one origin, without the platform's Request and Response, which would cost more than the
 * request itself.
 */
export function createHttpPool(origin: string, options: HttpPoolOptions = {}): HttpPool {
  const timeout = options.timeoutMs ?? 60_000;
  const pool = new Pool(new URL(origin).origin, {
    connections: options.connections ?? 1024,
    pipelining: 1,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  return {
    async transport({ method, url, headers, body }) {
      const { pathname, search } = new URL(url);
      const answer = await pool.request({
        method,
        path: pathname + search,
        headers: headers as Record<string, string>,
        body: body ?? null,
      });
      const flat: Record<string, string> = {};
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
      return { status: answer.statusCode, headers: flat, body: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}
