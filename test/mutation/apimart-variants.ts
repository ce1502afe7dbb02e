import { get, type Job, put } from '../servers/kit.js';
import { type Variant, variant } from './mutant.js';
import { during } from './quirks.js';

function priceByContent({ count, id }: Job): number {
  return Math.round(count * (1 + (id.charCodeAt(12) % 7))) / 100;
}

export const apimartVariants: readonly Variant[] = [
  variant('nothing-beside', 'what stands beside tasks is not served', {
    reply: (reply, { path }) =>
      /balance$|models$|uploads/.test(path)
        ? { status: 404, body: { error: { code: 404, message: 'Nothing here', type: 'invalid_request_error' } } }
        : reply,
  }),
  variant('unknown-is-404', 'an unknown task is a 404', {
    reply: (reply, { path, method }) =>
      method === 'GET' && reply.status === 400 && path.includes('tasks')
        ? { status: 404, body: put(reply.body, '/error/code', 404) }
        : reply,
  }),
  variant('no-costs', 'no answer tells a price', during(['done', 'failed'], '/data/cost', undefined)),
  variant('one-image-less', 'one image less than asked for, and the answer says so', {
    job: (job) => ({ ...job, count: Math.max(1, job.count - 1) }),
    view: (body, job, { phase }) =>
      phase === 'done' && job.count < Number(job.body['n'] ?? 1)
        ? put(body, '/data/partial', { delivered: job.count })
        : body,
  }),
  variant('price-by-content', 'quality auto is billed as what it became', {
    charge: (charge, job) => (job.body['quality'] === undefined ? { ...charge, amount: priceByContent(job) } : charge),
    view: (body, job, { phase }) =>
      phase === 'done' && job.body['quality'] === undefined ? put(body, '/data/cost', priceByContent(job)) : body,
  }),
  variant('rounded-prices', 'prices are rounded to cents', {
    view: (body, _job, { phase }) =>
      phase === 'done' ? put(body, '/data/cost', Number(Number(get(body, '/data/cost')).toFixed(2))) : body,
  }),
  variant('coarse-progress', 'progress is told in steps of 50', {
    view: (body, _job, { phase }) => (phase === 'running' ? put(body, '/data/progress', 50) : body),
  }),
  variant('number-codes', 'a failed task has a number for code', during(['failed'], '/data/error/code', 4001)),
  variant('credits-too', 'a finished task also tells its price in credits', {
    view: (body, _job, { phase }) =>
      phase === 'done' ? put(body, '/data/credits_cost', Number(get(body, '/data/cost')) * 10) : body,
  }),
  variant('keys', 'a submit can be repeated, and is judged by the pages that say so', {}, 'idempotency'),
  variant(
    'key-replayed',
    'a repeated answer says that it is one',
    {
      reply: (reply, { headers }) =>
        headers['idempotency-key'] === undefined || reply.status !== 200
          ? reply
          : { ...reply, headers: { ...reply.headers, 'idempotency-replayed': 'true' } },
    },
    'idempotency',
  ),
];
