import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { MAX_IMAGE_BYTES } from './read-body.js';

/** One server-sent event; `event` is absent where the server names none. */
export type ServerEvent = EventSourceMessage;

/** Characters of one event: the largest image that we take, in base64, and room for what stands around it. */
const MAX_EVENT_CHARACTERS = Math.ceil(MAX_IMAGE_BYTES * 1.4);

/**
 * The events of a body as they come. Each piece is waited for through `patiently`, which may give up. An event that the
 * connection's end cuts off is none, as the standard has it. Leaving the loop cancels the body.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  patiently: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const text = new TextDecoder();
  const events: ServerEvent[] = [];
  let tooLarge = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onEvent: (event) => events.push(event),
    onError: ({ type }) => {
      tooLarge ||= type === 'max-buffer-size-exceeded';
    },
  });
  try {
    for (;;) {
      const { done, value } = await patiently(() => reader.read());
      if (value !== undefined) parser.feed(text.decode(value, { stream: true }));
      yield* events.splice(0);
      if (tooLarge) throw new ContractBrokenError('', 'an event of the stream is larger than an image of 64 MiB');
      if (done) return;
    }
  } finally {
    // Not waited for: a body that hangs may hang here, too.
    reader.cancel().catch(() => undefined);
  }
}
