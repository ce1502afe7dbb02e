import { createHash } from 'node:crypto';
import type { Operation } from '../contract/operations.js';
import type { Exchange, RecordedAnswer, RecordedRequest } from '../core/exchange.js';
import type { Clock } from '../platform/clock.js';
import { type Wire, type WireAnswer, WireError, type WireRequest } from '../platform/wire.js';
import { readText, textOf } from './answer-text.js';
import type { Credential, Purpose, Sent } from './evidence.js';
import { imageFacts } from './image-facts.js';

const largestText = 64 * 1024;
const largestBody = 64 * 1024 * 1024;
/** An answer that holds no image has no reason to be larger; a server that floods is read no further. */
const largestPlainBody = 4 * 1024 * 1024;

/** One request to send. */
export interface Call {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The body as a value, where it goes out as a form. */
  readonly fields?: unknown;
  readonly credential: Credential;
  readonly purpose: Purpose;
  readonly operation?: Operation;
  /** Milliseconds, where the answer may take longer than usual. */
  readonly timeoutMs?: number;
  /** When we close the connection on purpose. */
  readonly hangUp?: NonNullable<WireRequest['hangUp']>;
}

export interface RecorderOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly requestTimeoutMs: number;
  readonly signal?: AbortSignal;
  /** Asked before each request: true ends the run. */
  readonly isOver?: () => boolean;
  readonly onSent?: (sent: Sent) => void;
}

export interface Recorder {
  /** Everything sent so far, in the order of sending. */
  readonly sent: readonly Sent[];
  /** Sends a request and records it. Rejects only when the run is stopped. */
  send(probe: string, call: Call): Promise<Sent>;
}

/** The run was told to end. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

function mapValues(headers: Readonly<Record<string, string>>, change: (text: string) => string) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, change(value)]));
}

function recordRequest(call: Call, redact: (text: string) => string): RecordedRequest {
  const text = typeof call.body === 'string' ? call.body : call.body === undefined ? undefined : textOf(call.body);
  return {
    method: call.method,
    url: redact(call.url),
    headers: mapValues(call.headers, redact),
    ...(text === undefined || text.length > largestText ? {} : { body: redact(text) }),
  };
}

function recordAnswer(answer: WireAnswer, text: string | undefined, redact: (text: string) => string): RecordedAnswer {
  const image = text === undefined ? imageFacts(answer.body) : undefined;
  const fits = text !== undefined && answer.body.byteLength <= largestText;
  return {
    status: answer.status,
    headers: mapValues(answer.headers, redact),
    bytes: answer.body.byteLength,
    ...(fits ? { body: redact(text) } : { sha256: createHash('sha256').update(answer.body).digest('hex') }),
    ...(image === undefined ? {} : { image }),
    ...(answer.truncated ? { truncated: true } : {}),
  };
}

/** Files, and the answers of a vendor that sends its images along. */
function mayHoldImages({ purpose, operation }: Call): boolean {
  return purpose.case === 'result' || (operation?.task?.mode === 'sync' && purpose.refusal === undefined);
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { wire, clock, redact, signal } = options;
  const slots: (Sent | undefined)[] = [];

  return {
    get sent() {
      return slots.filter((sent): sent is Sent => sent !== undefined);
    },
    async send(probe, call) {
      if (signal?.aborted || options.isOver?.()) throw new StoppedError('stopped');
      const slot = slots.push(undefined) - 1;
      const startedAt = clock.now();
      let outcome: Pick<Exchange, 'answer' | 'failure'>;
      let read: Pick<Sent, 'json' | 'events'> = {};
      try {
        const answer = await wire({
          method: call.method,
          url: call.url,
          headers: call.headers,
          ...(call.body === undefined ? {} : { body: call.body }),
          timeoutMs: call.timeoutMs ?? options.requestTimeoutMs,
          maxBytes: mayHoldImages(call) ? largestBody : largestPlainBody,
          ...(signal === undefined ? {} : { signal }),
          ...(call.hangUp === undefined ? {} : { hangUp: call.hangUp }),
        });
        const text = textOf(answer.body);
        read = readText(answer.headers['content-type'], text);
        outcome = { answer: recordAnswer(answer, text, redact) };
      } catch (error) {
        if (signal?.aborted || (error instanceof WireError && error.kind === 'aborted'))
          throw new StoppedError('stopped');
        outcome = { failure: redact(error instanceof WireError ? `${error.kind}: ${error.message}` : String(error)) };
      }
      const sent: Sent = {
        exchange: {
          id: `x${slot + 1}`,
          probe,
          ...(call.operation === undefined ? {} : { operation: call.operation.id }),
          purpose: call.purpose,
          credential: call.credential,
          request: recordRequest(call, redact),
          ...outcome,
          startedAt,
          finishedAt: clock.now(),
        },
        purpose: call.purpose,
        credential: call.credential,
        ...('fields' in call ? { fields: call.fields } : {}),
        ...(call.operation === undefined ? {} : { operation: call.operation }),
        ...(outcome.answer === undefined ? {} : { status: outcome.answer.status }),
        ...read,
      };
      slots[slot] = sent;
      options.onSent?.(sent);
      return sent;
    },
  };
}
