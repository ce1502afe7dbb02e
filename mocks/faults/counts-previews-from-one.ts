import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

async function* counted(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks)
    yield typeof chunk !== 'string'
      ? chunk
      : chunk.replace(
          /"partial_image_index":(\d+)/,
          (_, index: string) => `"partial_image_index":${Number(index) + 1}`,
        );
}

export const countsPreviewsFromOne: Fault = {
  id: 'counts-previews-from-one',
  title: 'Counts the previews of a stream from 1',
  rationale: 'Previews are drawn one place too far.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: counted(reply.stream) }),
};
