import { drop, get, put, rewrite } from '../servers/kit.js';
import { accepts, type Mutant, mutant, type PollPlaces, refuses } from './mutant.js';
import { during, refusal } from './quirks.js';

export const gptimage15Places: PollPlaces = {
  submitId: '/data/task_id',
  id: '/data/task_id',
  status: '/data/status',
  words: { queued: 'PENDING', running: 'IN_PROGRESS', done: 'SUCCESS', failed: 'FAILED' },
  facts: { accepted: 'G8', status: 'G13', id: 'G9', unknownTask: 'G11', callback: 'G7' },
  retries: false,
  reason: '/data/error_message',
};

const turned = (size: unknown) => size === '1024*1536';
export const gptimage15Mutants: readonly Mutant[] = [
  mutant(
    'no-prompt',
    'G2',
    'accepts a request without a prompt',
    accepts(({ prompt }) => prompt === undefined),
  ),
  mutant(
    'number-prompt',
    'G2',
    'accepts a number as a prompt',
    accepts(({ prompt }) => typeof prompt === 'number'),
  ),
  mutant(
    'long-prompt',
    'G2',
    'accepts more than 2000 characters',
    accepts(({ prompt }) => String(prompt).length > 2000),
  ),
  mutant(
    'short-prompts-only',
    'G2',
    'refuses a prompt of 2000 characters',
    refuses(({ prompt }) => String(prompt).length > 1990),
  ),
  mutant(
    'any-size',
    'G3',
    'accepts a size that is not listed',
    accepts(({ size }) => size === 'not-listed'),
  ),
  mutant('turned-size', 'G3', 'delivers portrait as landscape', {
    job: (job) => (turned(job.body['size']) ? { ...job, width: 1536, height: 1024 } : job),
  }),
  mutant('other-default-size', 'G3', 'delivers landscape where no size is given', {
    job: (job) => (job.body['size'] === undefined ? { ...job, width: 1536 } : job),
  }),
  mutant(
    'any-quality',
    'G4',
    'accepts a quality that is not listed',
    accepts(({ quality }) => quality === 'not-listed'),
  ),
  mutant(
    'no-low-quality',
    'G4',
    'refuses quality low',
    refuses(({ quality }) => quality === 'low'),
  ),
  mutant(
    'text-images',
    'G5',
    'accepts a text for a list of images',
    accepts(({ images }) => typeof images === 'string'),
  ),
  mutant(
    'number-images',
    'G5',
    'accepts numbers as addresses',
    accepts(({ images }) => Array.isArray(images) && images[0] === 7),
  ),
  mutant(
    'any-fidelity',
    'G6',
    'accepts a fidelity that is not listed',
    accepts((body) => body['input_fidelity'] === 'not-listed'),
  ),
  mutant(
    'fidelity-needs-images',
    'G6',
    'refuses fidelity without images',
    refuses((body) => body['input_fidelity'] === 'high' && !('images' in body)),
  ),
  mutant(
    'number-callback',
    'G7',
    'accepts a number as a callback address',
    accepts((body) => body['callback_url'] === 7),
  ),
  mutant(
    'refuses-example',
    'H11',
    'refuses the request of its own page',
    refuses((body) => body['images'] !== undefined && body['input_fidelity'] === 'high'),
  ),
  mutant('no-code', 'G8', 'leaves code out of the accepted answer', { accepted: (body) => drop(body, '/code') }),
  mutant('data-list', 'G8', 'puts the accepted task into a list', {
    accepted: (body) => ({ ...body, data: [body['data']] }),
  }),
  mutant('no-first-status', 'G8', 'leaves the status out of the accepted answer', {
    accepted: (body) => drop(body, '/data/status'),
  }),
  mutant('created-201', 'G8', 'accepts with 201', {
    reply: (reply, { method }) => (method === 'POST' && reply.status === 200 ? { ...reply, status: 201 } : reply),
  }),
  mutant('done-at-once', 'G8', 'calls a task finished in the accepted answer', {
    accepted: (body) => put(body, '/data/status', 'SUCCESS'),
  }),
  mutant('error-without-data', 'G10', 'leaves data out of an error', refusal(400, '/data', undefined)),
  mutant('error-without-message', 'G10', 'gives no message with an error', refusal(400, '/message', '')),
  mutant('error-nested', 'G10', 'puts errors under error', {
    reply: (reply) => (reply.status === 400 ? rewrite(reply, (body) => ({ error: body })) : reply),
  }),
  mutant('error-code-text', 'G10', 'writes the code of an error as a text', refusal(400, '/code', '400')),
  mutant('error-code-other', 'G10', 'gives an error another code than its status', refusal(400, '/code', 500)),
  mutant('invalid-is-422', 'G11', 'answers a bad parameter with 422', {
    reply: (reply) => (reply.status === 400 ? { ...reply, status: 422, body: put(reply.body, '/code', 422) } : reply),
  }),
  mutant('unknown-task-is-400', 'G11', 'answers an unknown task with 400', {
    reply: (reply) => (reply.status === 404 ? { ...reply, status: 400, body: put(reply.body, '/code', 400) } : reply),
    unrouted: (reply) => reply,
  }),
  mutant('id-not-needed', 'G12', 'answers without a task id', {
    reply: (reply, { method, query }) =>
      method === 'GET' && reply.status === 400 && !query.get('task_id')
        ? { status: 200, body: { code: 200, data: [] } }
        : reply,
  }),
  mutant(
    'no-credits',
    'G14',
    'leaves the credits out while it works',
    during(['queued', 'running'], '/data/consumed_credits', undefined),
  ),
  mutant(
    'no-created',
    'G14',
    'leaves the moment of creation out',
    during(['queued', 'running'], '/data/created_at', undefined),
  ),
  mutant(
    'blank-created',
    'G14',
    'writes the moment of creation with a blank and no zone',
    during(['queued', 'running'], '/data/created_at', '2025-01-01 00:00:00'),
  ),
  mutant('moving-created', 'G14', 'moves the moment of creation along', {
    view: (body, _job, { phase, now }) =>
      phase === 'running' ? put(body, '/data/created_at', new Date(now).toISOString()) : body,
  }),
  mutant('created-tomorrow', 'G14', 'puts the moment of creation into the next day', {
    view: (body, job) =>
      get(body, '/data/created_at') === undefined
        ? body
        : put(body, '/data/created_at', new Date(job.bornAt + 86_400_000).toISOString()),
  }),
  mutant('response-text', 'G15', 'writes the list of images as a text', {
    view: (body, _job, { phase }) =>
      phase === 'done' ? put(body, '/data/response', JSON.stringify(get(body, '/data/response'))) : body,
  }),
  mutant('response-empty', 'G15', 'delivers an empty list', during(['done'], '/data/response', [])),
  mutant('response-missing', 'G15', 'delivers no list', during(['done'], '/data/response', undefined)),
  mutant('response-relative', 'G15', 'delivers addresses without a host', {
    url: (url) => new URL(url).pathname,
  }),
  mutant(
    'failure-without-message',
    'G16',
    'leaves message out of a failed answer',
    during(['failed'], '/message', undefined),
  ),
  mutant(
    'failure-message',
    'G16',
    'calls a failed answer a failure in message',
    during(['failed'], '/message', 'failed'),
  ),
  mutant(
    'failure-without-reason',
    'G16',
    'fails without a reason',
    during(['failed'], '/data/error_message', undefined),
  ),
  mutant('failure-empty-reason', 'G16', 'fails with an empty reason', during(['failed'], '/data/error_message', '')),
  mutant(
    'failure-empty-list',
    'G16',
    'gives an empty list instead of null after a failure',
    during(['failed'], '/data/response', []),
  ),
  mutant(
    'failure-without-request',
    'G16',
    'leaves the request out of a failed answer',
    during(['failed'], '/data/request', undefined),
  ),
  mutant('echo-garbled', 'H10', 'garbles the prompt that it repeats', {
    view: (body, job, { phase }) =>
      phase === 'failed'
        ? put(body, '/data/request', { ...job.body, prompt: String(job.body['prompt']).replace(/[^ -~]/g, '?') })
        : body,
  }),
  mutant('charges-failure', 'G17', 'takes ten credits for a failure', during(['failed'], '/data/consumed_credits', 10)),
  mutant('other-price', 'G17', 'takes twenty credits', during(['queued', 'running'], '/data/consumed_credits', 20)),
];
