import type { StreamQuirk } from '../servers/apigo.js';
import { drop, put, rewrite } from '../servers/kit.js';
import { events, last } from './apigo-stream-mutants.js';
import { type Variant, variant } from './mutant.js';

export const apigoVariants: readonly Variant[] = [
  variant('bare', 'only what is required is answered', { view: ({ created, data }) => ({ created, data }) }),
  variant('base64', 'pictures stand in the answer', { inline: true } as StreamQuirk),
  variant('revised-prompt', 'entries tell the prompt as it was taken', {
    view: (body) =>
      put(
        body,
        '/data',
        (body['data'] as object[]).map((entry) => ({ ...entry, revised_prompt: 'Another prompt' })),
      ),
  }),
  variant('short-errors', 'errors have neither code nor param', {
    reply: (reply) =>
      reply.status >= 400 ? rewrite(reply, (body) => drop(drop(body, '/error/code'), '/error/param')) : reply,
  }),
  variant(
    'early-picture',
    'the picture comes before all previews are there',
    events((all) => (all.length > 2 ? [...all.slice(0, 1), ...last(all)] : all)),
  ),
  variant('named-by-type', 'events are named inside their data only', {
    text: (text: string) => text.replace(/^event: .*\n/gm, ''),
  } as StreamQuirk),
  variant('stream-comments', 'a stream has comments and other line ends', {
    text: (text: string) => `: hello\r\n\r\n${text.replaceAll('\n', '\r\n')}`,
  } as StreamQuirk),
  variant('auto-told', 'size is told as asked', {
    view: (body, job) => (job.body['size'] === 'auto' ? put(body, '/size', 'auto') : body),
  }),
  variant('no-request-id', 'no request id is told', {
    reply: ({ headers: { 'x-request-id': _, ...headers } = {}, ...reply }) => ({ ...reply, headers }),
  }),
];
