import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

async function* marked(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  yield* chunks;
  yield 'data: [DONE]\n\n';
}

export const endsStreamWithDone: Fault = {
  id: 'ends-stream-with-done',
  title: 'Ends a stream with [DONE], as those of text models do',
  rationale: 'A reader of JSON fails on the last event.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: marked(reply.stream) }),
};
