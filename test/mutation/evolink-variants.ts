import { get, type Phase, put } from '../servers/kit.js';
import { type Variant, variant } from './mutant.js';
import { during } from './quirks.js';

const working: readonly Phase[] = ['queued', 'running'];

export const evolinkVariants: readonly Variant[] = [
  variant('nothing-beside', 'what stands beside tasks is not served', {
    reply: (reply, { path }) =>
      path === '/v1/credits'
        ? {
            status: 404,
            body: { error: { code: 'not_found', message: 'Nothing here', type: 'invalid_request_error' } },
          }
        : reply,
  }),
  variant('malformed-is-404', 'an id of another form is simply unknown', {
    reply: (reply) =>
      get(reply.body, '/error/code') === 'invalid_task_id'
        ? { status: 404, body: put(reply.body, '/error/code', 'task_not_found') }
        : reply,
  }),
  variant('unknown-is-400', 'an unknown task is a bad id', {
    reply: (reply) =>
      get(reply.body, '/error/code') === 'task_not_found'
        ? { status: 400, body: put(reply.body, '/error/code', 'invalid_task_id') }
        : reply,
  }),
  variant('lazy-progress', 'progress stays at 0 until it is 100', during(working, '/progress', 0)),
  variant('other-reason', 'a refused prompt has another code', during(['failed'], '/error/code', 'invalid_parameters')),
  variant('told-usage', 'a finished task tells usage and results in detail', {
    view: (body, _job, { phase }) =>
      phase === 'done'
        ? {
            ...body,
            usage: { credits_used: 2.1, credits_reserved: 2.5 },
            result_data: (body['results'] as string[]).map((image_url) => ({ image_url })),
          }
        : body,
  }),
  variant('per-image-credits', 'reserved credits grow with the count', {
    accepted: (body, job) => put(body, '/usage/credits_reserved', 2.5 * job.count),
  }),
  variant('versioned-model', 'the model is told with its version', {
    accepted: (body) => put(body, '/model', 'gpt-image-1-2025-04-15'),
  }),
];
