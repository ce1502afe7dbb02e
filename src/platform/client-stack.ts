import { Client, type Dispatcher, errors } from 'undici';

interface Waiting {
  readonly options: Dispatcher.DispatchOptions;
  readonly handler: Dispatcher.DispatchHandler;
}

export interface ClientStack {
  /** Sends at once on a free connection, opens another one while there may be more, else waits for one in turn. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** Closes every connection at once; requests that are still open fail. */
  destroy(): Promise<void>;
}

/** Taken entries are cut off once they are this many: moving the rest for each one would cost more the longer it is. */
const CUT_AT = 1024;

/**
 * Connections to one origin, the one that became free last taken first. The library's own pool looks for a free
 * connection from the first to the last at every request; with hundreds that are busy, a generator that is late once
 * gets later and later.
 */
export function createClientStack(origin: string, connections: number, options: Client.Options): ClientStack {
  const clients: Client[] = [];
  const free: Client[] = [];
  let waiting: Waiting[] = [];
  let taken = 0;

  const send = (client: Client, { options, handler }: Waiting) => {
    // It tells by `drain` when it can take the next one; until then it is nobody's.
    if (client.dispatch(options, handler)) free.push(client);
  };

  const onDrain = (client: Client) => {
    const next = waiting[taken];
    if (next === undefined) {
      free.push(client);
      return;
    }
    taken += 1;
    if (taken === CUT_AT) {
      waiting = waiting.slice(taken);
      taken = 0;
    }
    send(client, next);
  };

  const open = (): Client | undefined => {
    if (clients.length >= connections) return undefined;
    const client = new Client(origin, options);
    client.on('drain', () => onDrain(client));
    clients.push(client);
    return client;
  };

  return {
    dispatch(options, handler) {
      const client = free.pop() ?? open();
      if (client === undefined) waiting.push({ options, handler });
      else send(client, { options, handler });
    },
    async destroy() {
      const left = waiting.slice(taken);
      waiting = [];
      taken = 0;
      const gone = new errors.ClientDestroyedError('the pool was closed');
      for (const { handler } of left) handler.onError?.(gone);
      await Promise.all(clients.map((client) => client.destroy()));
    },
  };
}
