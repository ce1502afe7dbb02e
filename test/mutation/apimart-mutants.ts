import { drop, get, type Phase, put, rewrite } from '../servers/kit.js';
import { accepts, type Mutant, mutant, type PollPlaces, refuses } from './mutant.js';
import { during, refusal } from './quirks.js';

export const apimartPlaces: PollPlaces = {
  submitId: '/data/0/task_id',
  id: '/data/id',
  status: '/data/status',
  words: { queued: 'pending', running: 'processing', done: 'completed', failed: 'failed' },
  facts: { accepted: 'A2', status: 'A23', id: 'A3', unknownTask: 'A25', callback: 'A30' },
  retries: true,
  reason: '/data/error/message',
};

type Quirk = Mutant['quirk'];

/** A request with a value that no page lists. */
const unlisted = (field: string): Quirk => accepts((body) => body[field] === 'not-listed');
const working: readonly Phase[] = ['queued', 'running'];

export const apimartMutants: readonly Mutant[] = [
  mutant('data-object', 'A2', 'puts the accepted task into an object', {
    accepted: (body) => ({ code: 200, data: (body['data'] as unknown[])[0] }),
  }),
  mutant('no-code', 'A2', 'leaves code out of the accepted answer', { accepted: (body) => drop(body, '/code') }),
  mutant('code-zero', 'A2', 'calls success code 0', { accepted: (body) => put(body, '/code', 0) }),
  mutant('accepted-202', 'A2', 'accepts with 202', {
    reply: (reply, { method }) => (method === 'POST' && reply.status === 200 ? { ...reply, status: 202 } : reply),
  }),
  mutant('error-code-text', 'A4', 'writes the code of an error as a text', refusal(400, '/error/code', '400')),
  mutant('error-code-other', 'A4', 'gives an error another code than its status', refusal(401, '/error/code', 400)),
  mutant('error-without-message', 'A4', 'gives an error no message', refusal(400, '/error/message', '')),
  mutant('flat-error', 'A4', 'puts errors at the top', {
    reply: (reply) => (reply.status === 400 ? rewrite(reply, (body) => body['error'] as typeof body) : reply),
  }),
  mutant('other-error-type', 'A5', 'gives a bad parameter another type', refusal(400, '/error/type', 'bad_request')),
  mutant('other-key-type', 'A5', 'gives a wrong key another type', refusal(401, '/error/type', 'unauthorized')),
  mutant('invalid-is-422', 'A5', 'answers a bad parameter with 422', {
    reply: (reply, { method }) =>
      reply.status === 400 && method === 'POST' ? { status: 422, body: put(reply.body, '/error/code', 422) } : reply,
  }),
  mutant('serves-the-poor', 'A5', 'starts tasks without balance', {
    owner: (owner) => (owner === 'poor' ? 'test' : owner),
  }),
  mutant(
    'no-model',
    'A7',
    'accepts a request without a model',
    accepts(({ model }) => model === undefined),
  ),
  mutant('any-model', 'A7', 'accepts a model that it does not have', unlisted('model')),
  mutant(
    'one-model',
    'A7',
    'refuses the second model',
    refuses(({ model }) => model === 'gpt-image-1.5-official'),
  ),
  mutant(
    'no-prompt',
    'A8',
    'accepts a request without a prompt',
    accepts(({ prompt }) => prompt === undefined),
  ),
  mutant(
    'number-prompt',
    'A8',
    'accepts a number as a prompt',
    accepts(({ prompt }) => typeof prompt === 'number'),
  ),
  mutant('any-size', 'A9', 'accepts a size that is not listed', unlisted('size')),
  mutant('landscape-as-square', 'A9', 'delivers 3:2 as a square', {
    job: (job) => (job.body['size'] === '3:2' ? { ...job, width: 1024 } : job),
  }),
  mutant('portrait-by-default', 'A9', 'delivers portrait where no size is given', {
    job: (job) => (job.body['size'] === undefined ? { ...job, height: 1536 } : job),
  }),
  mutant(
    'refuses-none',
    'A10',
    'refuses a count of 0',
    refuses(({ n }) => typeof n === 'number' && n < 1),
  ),
  mutant(
    'refuses-many',
    'A10',
    'refuses a count of 5',
    refuses(({ n }) => typeof n === 'number' && n > 4),
  ),
  mutant('delivers-five', 'A10', 'delivers five images to who asks for five', {
    job: (job) => (job.body['n'] === 5 ? { ...job, count: 5 } : job),
  }),
  mutant('two-by-default', 'A10', 'delivers two images where no count is given', {
    job: (job) => (job.body['n'] === undefined ? { ...job, count: 2 } : job),
  }),
  mutant(
    'half-count',
    'A10',
    'accepts a count of 1.5',
    accepts(({ n }) => n === 1.5),
  ),
  mutant(
    'quoted-count',
    'A11',
    'accepts a count in quotes',
    accepts(({ n }) => n === '1'),
  ),
  mutant('any-quality', 'A12', 'accepts a quality that is not listed', unlisted('quality')),
  mutant('any-background', 'A13', 'accepts a background that is not listed', unlisted('background')),
  mutant('opaque-cut-out', 'A13', 'delivers a transparent background opaque', {
    job: (job) => ({ ...job, alpha: false }),
  }),
  mutant(
    'clear-jpeg',
    'A14',
    'accepts a transparent background with jpeg',
    accepts((body) => body['output_format'] === 'jpeg'),
  ),
  mutant('any-moderation', 'A15', 'accepts a moderation that is not listed', unlisted('moderation')),
  mutant('any-format', 'A16', 'accepts a format that is not listed', unlisted('output_format')),
  mutant('always-png', 'A16', 'delivers png to who asks for jpeg', { job: (job) => ({ ...job, format: 'png' }) }),
  mutant('jpeg-by-default', 'A16', 'delivers jpeg where no format is given', {
    job: (job) => (job.body['output_format'] === undefined && !job.alpha ? { ...job, format: 'jpeg' } : job),
  }),
  mutant(
    'any-compression',
    'A17',
    'accepts a compression of 101',
    accepts((body) => body['output_compression'] === 101),
  ),
  mutant(
    'compression-needs-jpeg',
    'A17',
    'refuses a compression with png',
    refuses((body) => body['output_compression'] !== undefined),
  ),
  mutant(
    'sixteen-images',
    'A18',
    'accepts 16 references',
    accepts(({ image_urls: urls }) => Array.isArray(urls) && urls.length > 15),
  ),
  mutant(
    'fourteen-images',
    'A18',
    'refuses 15 references',
    refuses(({ image_urls: urls }) => Array.isArray(urls) && urls.length > 14),
  ),
  mutant(
    'lone-mask',
    'A19',
    'accepts a mask without an image',
    accepts((body) => 'mask_url' in body && !('image_urls' in body)),
  ),
  mutant('one-too-few', 'A20', 'delivers one image less than asked for and says nothing', {
    job: (job) => ({ ...job, count: Math.max(1, job.count - 1) }),
  }),
  mutant('task-list', 'A22', 'puts a polled task into a list', { view: (body) => ({ ...body, data: [body['data']] }) }),
  mutant('progress-beyond', 'A22', 'tells a progress of 140', during(['running'], '/data/progress', 140)),
  mutant('progress-falls', 'A22', 'lets progress fall', {
    view: (body, _job, { phase, poll }) => (phase === 'running' ? put(body, '/data/progress', 90 - 10 * poll) : body),
  }),
  mutant(
    'no-completed',
    'A22',
    'does not tell when a task was completed',
    during(['done'], '/data/completed', undefined),
  ),
  mutant('completed-tomorrow', 'A22', 'completes in the future', {
    view: (body, _job, { phase }) =>
      phase === 'done' ? put(body, '/data/completed', Number(get(body, '/data/completed')) + 86_400) : body,
  }),
  mutant('no-estimate', 'A22', 'does not tell the estimate', during(working, '/data/estimated_time', undefined)),
  mutant('url-as-text', 'A22', 'delivers one address instead of a list', {
    view: (body, _job, { phase }) =>
      phase === 'done' ? put(body, '/data/result/images/0/url', get(body, '/data/result/images/0/url/0')) : body,
  }),
  mutant(
    'no-expiry',
    'A22',
    'does not tell when an address ends',
    during(['done'], '/data/result/images/0/expires_at', undefined),
  ),
  mutant('created-in-ms', 'A22', 'counts creation in milliseconds', {
    view: (body, job) => put(body, '/data/created', job.bornAt),
  }),
  mutant('no-error', 'A22', 'fails without an error', during(['failed'], '/data/error', undefined)),
  mutant('cost-as-text', 'A22', 'writes its price as a text', during(['done'], '/data/cost', '$0.04')),
  mutant('old-word', 'A23', 'calls a task in_progress', during(['running'], '/data/status', 'in_progress')),
  mutant('pending-at-first', 'A23', 'does not call an accepted task submitted', {
    accepted: (body) => put(body, '/data/0/status', 'pending'),
  }),
  mutant('failure-is-500', 'A24', 'answers a failed task with 500', {
    reply: (reply) => (get(reply.body, '/data/status') === 'failed' ? { ...reply, status: 500 } : reply),
  }),
  mutant('unknown-task-is-403', 'A25', 'answers an unknown task with 403', {
    reply: (reply, { path }) => (reply.status === 400 && path.includes('tasks') ? { ...reply, status: 403 } : reply),
  }),
  mutant('charges-failure', 'A26', 'charges for a failed task', during(['failed'], '/data/cost', 0.04)),
  mutant('price-by-chance', 'A26', 'takes another price each time', {
    view: (body, job, { phase }) =>
      phase === 'done'
        ? put(body, '/data/cost', 0.01 * (1 + (job.id.charCodeAt(12) % 9) + job.id.charCodeAt(13)))
        : body,
  }),
  mutant('price-per-request', 'A26', 'takes one price for however many images', {
    view: (body, job, { phase }) =>
      phase === 'done' ? put(body, '/data/cost', Number(get(body, '/data/cost')) / job.count) : body,
  }),
  mutant(
    'refuses-example',
    'H11',
    'refuses the four posters of its own page',
    refuses(({ n, quality }) => n === 4 && quality === 'low'),
  ),
  mutant(
    'key-ignored',
    'A28k',
    'starts another task for a submit that is repeated with its key',
    { kept: () => undefined },
    'idempotency',
  ),
  mutant(
    'key-refused',
    'A28k',
    'refuses a submit that is repeated with its key',
    { kept: (kept) => (kept === undefined ? kept : { ...kept, text: '' }) },
    'idempotency',
  ),
  mutant(
    'key-mixed-up',
    'A28k',
    'answers another request with the first one that had its key',
    { kept: (kept, { bytes }) => (kept === undefined ? kept : { ...kept, text: Buffer.from(bytes).toString() }) },
    'idempotency',
  ),
];
