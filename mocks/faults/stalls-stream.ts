import type { Clock } from '../../src/platform/clock.js';
import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';

type Chunks = NonNullable<EngineReply['stream']>;

const stallsForSeconds = 600;

async function* stalled(chunks: Chunks, clock: Clock): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    // An empty chunk lets the adapter see that the client has gone.
    for (let second = 0; second < stallsForSeconds; second += 1) {
      await clock.sleep(1000);
      yield '';
    }
    return;
  }
}

export const stallsStream: Fault = {
  id: 'stalls-stream',
  title: 'Sends nothing more in the middle of a stream, and does not end it',
  rationale: 'A client without a time-out between two events waits for ever.',
  facts: ['H2', 'P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply, _, { clock }) =>
    reply.stream === undefined ? reply : { ...reply, stream: stalled(reply.stream, clock), cut: 'truncate' },
};
