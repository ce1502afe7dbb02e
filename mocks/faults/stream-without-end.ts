import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

async function* previews(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  let held: string | Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (held !== undefined) yield held;
    held = chunk;
  }
}

export const streamWithoutEnd: Fault = {
  id: 'stream-without-end',
  title: 'Ends a stream without its final event',
  rationale: 'The last preview is taken for the picture, or the client waits for one that never comes.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: previews(reply.stream) }),
};
