import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

/** Two events in turn are swapped; the last one of an odd number stays where it is. */
async function* shuffled(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  let held: string | Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (held === undefined) {
      held = chunk;
      continue;
    }
    yield chunk;
    yield held;
    held = undefined;
  }
  if (held !== undefined) yield held;
}

export const shufflesStream: Fault = {
  id: 'shuffles-stream',
  title: 'Sends the previews of a stream in the wrong order',
  rationale: 'The picture on the screen gets blurred again in front of the user.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: shuffled(reply.stream) }),
};
