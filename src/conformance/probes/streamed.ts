import type { SubmitOperation } from '../../contract/contract.js';
import { type Json, withAt } from '../../core/pointer.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, SkipProbe, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { contentTypeOf, minimalBody } from '../requests.js';
import { jsonType, requestSchema } from '../schema.js';

/** More than one, so that their order shows. */
const previews = 2;

function streamable({ contract }: ProbeSetting) {
  return submitsOf(contract).filter(({ task }) => task.stream !== undefined && task.request.stream !== undefined);
}

/** The body itself, or with the first model beside which it is legal: not every model streams. */
function legalFor({ contract }: ProbeSetting, operation: SubmitOperation, body: Json): Json | undefined {
  const schema = requestSchema(operation, contentTypeOf(operation));
  const place = operation.task.request.model;
  const models = (parameterFor(contract, operation, 'model')?.keywords['enum'] ?? []) as Json[];
  const bodies = [body, ...(place === undefined ? [] : models.map((model) => withAt(body, place, model)))];
  return bodies.find(
    (one) => schema === undefined || isForm(operation) || contract.violations(schema, one).length === 0,
  );
}

function isForm(operation: SubmitOperation): boolean {
  return contentTypeOf(operation) !== jsonType;
}

export const streamed: Probe = {
  id: 'streamed',
  title: 'A stream with two previews',
  rationale: 'Whoever shows pictures as they grow relies on the order of events, and on an end that is one.',
  depth: 'full',
  tasks: (setting) => streamable(setting).length,
  async run(context) {
    const operations = streamable(context);
    if (operations.length === 0) throw new SkipProbe('this vendor sends no streams');
    const prompt = plainPrompt(context.rng());
    await together(
      operations.map((operation) => {
        const { stream: asked, partialImages } = operation.task.request;
        const minimal = minimalBody(context.contract, operation, prompt);
        if (minimal === undefined || asked === undefined) return undefined;
        const streaming = withAt(minimal, asked, true);
        const wanted = partialImages === undefined ? streaming : withAt(streaming, partialImages, previews);
        const body = legalFor(context, operation, wanted);
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
