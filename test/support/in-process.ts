import { AsyncLocalStorage } from 'node:async_hooks';
import type { Engine } from '../../mocks/engine.js';
import type { EngineReply } from '../../mocks/message.js';
import type { CallbackReceiver, IncomingCall } from '../../src/platform/callback-receiver.js';
import type { CallbackSender } from '../../src/platform/callback-sender.js';
import type { Clock } from '../../src/platform/clock.js';
import type { VirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';

interface Answering {
  open: boolean;
  /** Sleeps that are under way: the first lets time go on, and with the last it stands still again. */
  sleeps: number;
  wakeUp: () => void;
  /** Resolves when the request is answered. */
  readonly answered: Promise<void>;
}

const requests = new AsyncLocalStorage<Answering>();

/**
 * The engine's own view of a virtual clock: while it sleeps inside a request, time may go on. A sleep that outlives the
 * request (that of a call to a receiver) is not waited for by it.
 */
export function clockInside(clock: VirtualClock): Clock {
  return {
    now: clock.now,
    sleep(ms, signal) {
      const sleeping = clock.sleep(ms, signal);
      const request = requests.getStore();
      if (request?.open !== true) return sleeping;
      request.sleeps += 1;
      if (request.sleeps === 1) {
        const awake = new Promise<void>((resolve) => {
          request.wakeUp = resolve;
        });
        void clock.release(Promise.race([awake, request.answered]));
      }
      const wake = () => {
        request.sleeps -= 1;
        if (request.sleeps === 0) request.wakeUp();
      };
      sleeping.then(wake, wake);
      return sleeping;
    },
  };
}

/** Runs the work of one request, so that sleeps inside it are known as such. */
async function answering<T>(work: () => T | Promise<T>): Promise<T> {
  let answer = (): void => undefined;
  const request: Answering = {
    open: true,
    sleeps: 0,
    wakeUp: () => undefined,
    answered: new Promise((resolve) => (answer = resolve)),
  };
  try {
    return await requests.run(request, work);
  } finally {
    request.open = false;
    answer();
  }
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

/** A client that hangs up once it has seen the first of a stream, or nothing at all. */
async function hangUp(reply: EngineReply, gone: readonly (() => void)[]): Promise<never> {
  const chunks = reply.stream?.[Symbol.asyncIterator]();
  await chunks?.next();
  await chunks?.return?.();
  for (const listener of gone) listener();
  throw new WireError('hung-up', 'closed by us on purpose');
}

/** An engine as the runner's wire, without a socket: time stands still while a request is worked on. */
export function engineWire(engine: Engine, clock: VirtualClock): Wire {
  return (request) =>
    clock.hold(
      answering(async () => {
        const url = new URL(request.url);
        const gone: (() => void)[] = [];
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const asked = {
          method: request.method,
          path: url.pathname,
          query: url.search.slice(1),
          headers: { host: url.host, ...headers },
          body: request.body === undefined ? undefined : bytesOf(request.body),
          origin: url.origin,
          loopback: true,
          onGone: (listener: () => void) => void gone.push(listener),
        };
        const reply = await engine.handle(asked);
        if (request.hangUp !== undefined) return hangUp(reply, gone);
        if (reply.cut === 'reset' || reply.cut === 'empty')
          throw new WireError(
            'reset',
            `the connection was ${reply.cut === 'reset' ? 'reset' : 'closed without an answer'}`,
          );
        const chunks = [bytesOf(reply.body)];
        for await (const chunk of reply.stream ?? []) chunks.push(bytesOf(chunk));
        const body = reply.stream === undefined ? bytesOf(reply.body) : Buffer.concat(chunks);
        return {
          status: reply.status,
          headers: reply.headers,
          body: body.subarray(0, request.maxBytes),
          truncated: body.byteLength > request.maxBytes || reply.cut === 'truncate',
        };
      }),
    );
}

/** A receiver and a sender that reaches it, without a socket between them. */
export function receiverInProcess(clock: Clock): {
  readonly receiver: CallbackReceiver;
  readonly sender: CallbackSender;
} {
  const url = 'http://127.0.0.1:9/receiver';
  let answer: (call: IncomingCall) => number = () => 503;
  return {
    receiver: {
      url,
      listen(listener) {
        answer = listener;
      },
      close: async () => undefined,
    },
    sender: async (request) => {
      if (!request.url.startsWith(url)) throw new Error(`nobody is called at ${request.url}`);
      const { pathname, search } = new URL(request.url);
      const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
      const status = answer({
        method: 'POST',
        path: pathname + search,
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: bytesOf(request.body),
        truncated: false,
        at: clock.now(),
      });
      return { status };
    },
  };
}
