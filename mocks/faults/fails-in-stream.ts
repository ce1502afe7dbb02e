import type { Contract } from '../../src/contract/contract.js';
import type { Fault } from '../fault.js';
import type { EngineReply } from '../message.js';
import { errorReply } from '../replies/error-reply.js';

type Chunks = NonNullable<EngineReply['stream']>;

async function* failing(chunks: Chunks, failure: string): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    yield `event: error\ndata: ${failure}\n\n`;
    return;
  }
}

function failureOf({ submit }: Contract): string {
  const reply =
    submit === undefined ? undefined : errorReply(submit.task, 'serverError', 'The picture could not be made');
  return typeof reply?.body === 'string' ? reply.body : '{}';
}

export const failsInStream: Fault = {
  id: 'fails-in-stream',
  title: 'Sends an error in the middle of a stream',
  rationale: 'It comes behind a status 200: a client that looks at the status alone takes a preview for the picture.',
  facts: ['P13'],
  applies: ({ operations }) => operations.some(({ task }) => task?.stream !== undefined),
  // Other answers that come in pieces are no streams of events.
  reply: (reply, _, { contract }) =>
    reply.stream === undefined ? reply : { ...reply, stream: failing(reply.stream, failureOf(contract)) },
};
