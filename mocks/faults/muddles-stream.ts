import type { Fault } from '../fault.js';

async function* muddled(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  // Every number of a preview is one too high, and the stream ends as those of text models do.
  for await (const chunk of chunks)
    yield chunk.replace(
      /"partial_image_index":(\d+)/,
      (_, index: string) => `"partial_image_index":${Number(index) + 1}`,
    );
  yield 'data: [DONE]\n\n';
}

export const muddlesStream: Fault = {
  id: 'muddles-stream',
  title: 'Counts the previews of a stream from 1 and ends it with [DONE]',
  rationale: 'Previews are drawn in the wrong place, and a reader of JSON fails on the last event.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  reply: (reply) => (reply.stream === undefined ? reply : { ...reply, stream: muddled(reply.stream) }),
};
