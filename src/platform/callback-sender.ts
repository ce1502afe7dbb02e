import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type Reach, reachOfAddress } from './address-reach.js';

/** One call of a receiver. */
export interface CallbackRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Where the name may lead to once it is looked up. */
  readonly reach: readonly Reach[];
  readonly signal?: AbortSignal;
}

/** Sends one call and answers the receiver's status; rejects when no answer comes. */
export type CallbackSender = (request: CallbackRequest) => Promise<{ readonly status: number }>;

/** What is read of a receiver's answer; nobody looks at it, but reading it lets the receiver finish. */
const mostAnswerBytes = 64 * 1024;

/** Looks a name up once and hands on only addresses within reach, so that no name can lead somewhere else later. */
function lookupWithin(reach: readonly Reach[]): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const allowed = (found ?? []).filter(({ address }) => reach.includes(reachOfAddress(address)));
      const [first] = allowed;
      if (error !== null) done(error, '');
      else if (first === undefined) done(new Error(`${hostname} leads to an address that may not be called`), '');
      else if (options.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

/** Calls over real sockets: no redirect is followed, and each call has a connection of its own. */
export const httpCallbackSender: CallbackSender = async ({ url, headers, body, timeoutMs, reach, signal }) => {
  // Loaded when it is needed: hardly any mock calls over TLS, and every one would start later for it.
  const send = url.startsWith('https:') ? (await import('node:https')).request : httpRequest;
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': bytes.byteLength, connection: 'close' },
        agent: false,
        lookup: lookupWithin(reach),
        ...(signal === undefined ? {} : { signal }),
      },
      (answer) => {
        let size = 0;
        const end = () => {
          clearTimeout(timer);
          resolve({ status: answer.statusCode ?? 0 });
        };
        answer.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > mostAnswerBytes) {
            end();
            answer.destroy();
          }
        });
        answer.on('end', end);
        answer.on('error', end);
      },
    );
    const timer = setTimeout(
      () => sent.destroy(new Error(`the receiver did not answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new Error(error.message || error.code || 'the connection failed'));
    });
    sent.end(bytes);
  });
};
