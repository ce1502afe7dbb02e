import { get, put } from '../servers/kit.js';
import { type Variant, variant } from './mutant.js';
import { during } from './quirks.js';

export const gptimage15Variants: readonly Variant[] = [
  variant('pending-first', 'a task waits as PENDING before it runs', {
    view: (body, _job, { phase }) => (phase === 'queued' ? put(body, '/data/status', 'PENDING') : body),
    accepted: (body) => put(body, '/data/status', 'PENDING'),
  }),
  variant('message-everywhere', 'every good answer has a message', {
    accepted: (body) => ({ ...body, message: 'success' }),
    view: (body) => ({ ...body, message: 'success' }),
  }),
  variant('full-success', 'success also tells credits, creation and request', {
    view: (body, job, { phase }) =>
      phase === 'done'
        ? {
            ...body,
            data: {
              ...(body['data'] as object),
              consumed_credits: 10,
              created_at: new Date(job.bornAt).toISOString(),
              request: job.body,
            },
          }
        : body,
  }),
  variant('request-elided', 'a failed answer holds an empty request', during(['failed'], '/data/request', {})),
  variant('request-as-text', 'a failed answer holds the request as a text', {
    view: (body, job, { phase }) => (phase === 'failed' ? put(body, '/data/request', JSON.stringify(job.body)) : body),
  }),
  variant('whole-seconds', 'moments are written without fractions', {
    view: (body, job) =>
      get(body, '/data/created_at') === undefined
        ? body
        : put(body, '/data/created_at', `${new Date(job.bornAt).toISOString().slice(0, 19)}Z`),
  }),
];
