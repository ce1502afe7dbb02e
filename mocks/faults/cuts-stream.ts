import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

async function* half(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  // The first event comes whole, of the second only the beginning.
  let count = 0;
  for await (const chunk of chunks) {
    count += 1;
    yield count === 1 ? chunk : chunk.slice(0, 40);
    if (count === 2) return;
  }
}

export const cutsStream: Fault = {
  id: 'cuts-stream',
  title: 'Breaks a stream off in the middle',
  rationale: 'A client that waits for the end of a stream loses a picture that was paid for.',
  facts: ['H2', 'P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: half(reply.stream), cut: 'truncate' }),
};
