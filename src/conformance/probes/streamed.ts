import { parameterFor, unique } from '../contract-facts.js';
import { type Probe, SkipProbe, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { streamable, streamBody } from '../streaming.js';

/** More than one, so that their order shows. */
const previews = 2;

export const streamed: Probe = {
  id: 'streamed',
  title: 'A stream with two previews',
  rationale: 'Whoever shows pictures as they grow relies on the order of events, and on an end that is one.',
  depth: 'full',
  tasks: ({ contract }) => streamable(contract).length,
  async run(context) {
    const operations = streamable(context.contract);
    if (operations.length === 0) throw new SkipProbe('this vendor sends no streams');
    const prompt = plainPrompt(context.rng());
    await together(
      operations.map((operation) => {
        const asked = operation.task.request.stream ?? '';
        const body = streamBody(context.contract, operation, prompt, previews);
        if (body === undefined) {
          context.note(`${operation.id}: no legal request for a stream was found`);
          return undefined;
        }
        const facts = unique(parameterFor(context.contract, operation, 'stream')?.facts, operation.task.stream?.facts);
        const purpose = { case: 'valid', what: 'for a stream with two previews', facts, pointer: asked } as const;
        return context.travel({ operation, body, purpose });
      }),
    );
  },
};
