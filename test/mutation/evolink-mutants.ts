import { drop, get, type Phase, put, rewrite } from '../servers/kit.js';
import { accepts, type Mutant, mutant, type PollPlaces, refuses } from './mutant.js';
import { during, refusal } from './quirks.js';

export const evolinkPlaces: PollPlaces = {
  submitId: '/id',
  id: '/id',
  status: '/status',
  words: { queued: 'pending', running: 'processing', done: 'completed', failed: 'failed' },
  facts: { accepted: 'E2', status: 'E11', id: 'E3', unknownTask: 'E13', callback: 'E17' },
  retries: true,
  reason: '/error/message',
};

type Quirk = Mutant['quirk'];

/** Something else at a place of the answer that accepts a task. */
function atFirst(place: string, value: unknown): Quirk {
  return { accepted: (body) => (value === undefined ? drop(body, place) : put(body, place, value)) };
}

const working: readonly Phase[] = ['queued', 'running'];
const isList = Array.isArray;

export const evolinkMutants: readonly Mutant[] = [
  mutant('other-object', 'E2', 'calls its tasks by another object name', atFirst('/object', 'task')),
  mutant('in-envelope', 'E2', 'puts the task into an envelope', { accepted: (body) => ({ code: 200, data: body }) }),
  mutant('created-text', 'E2', 'writes the moment of creation as a text', {
    accepted: (body) => put(body, '/created', String(body['created'])),
  }),
  mutant('other-model', 'E2', 'tells another model than was asked for', atFirst('/model', 'dall-e-3')),
  mutant('no-usage', 'E2', 'leaves usage out of the accepted answer', atFirst('/usage', undefined)),
  mutant(
    'no-estimate',
    'E2',
    'leaves the estimate out of the accepted answer',
    atFirst('/task_info/estimated_time', undefined),
  ),
  mutant('runs-at-first', 'E2', 'calls a task processing in the accepted answer', atFirst('/status', 'processing')),
  mutant('reserved-text', 'E2', 'writes the reserved credits as a text', atFirst('/usage/credits_reserved', '2.5')),
  mutant('reserves-less-than-nothing', 'E16', 'reserves a negative amount', atFirst('/usage/credits_reserved', -1)),
  mutant('bare-ids', 'E3', 'gives out ids without the prefix', {
    job: (job) => ({ ...job, id: job.id.slice('task-unified-'.length) }),
  }),
  mutant('created-in-ms', 'E12', 'counts creation in milliseconds while polled', {
    view: (body, job) => put(body, '/created', job.bornAt),
  }),
  mutant('moving-created', 'E12', 'moves the moment of creation along', {
    view: (body, _job, { now, poll }) => put(body, '/created', Math.floor(now / 1000) + 2 * poll),
  }),
  mutant(
    'any-model',
    'E4',
    'accepts a model that it does not have',
    accepts(({ model }) => model === 'not-listed'),
  ),
  mutant(
    'no-prompt',
    'E5',
    'accepts a request without a prompt',
    accepts(({ prompt }) => prompt === undefined),
  ),
  mutant(
    'long-prompt',
    'E5',
    'accepts more than 2000 characters',
    accepts(({ prompt }) => String(prompt).length > 2000),
  ),
  mutant(
    'short-prompts-only',
    'E5',
    'refuses a prompt of 2000 characters',
    refuses(({ prompt }) => String(prompt).length > 1500),
  ),
  mutant(
    'any-size',
    'E6',
    'accepts a size that is not listed',
    accepts(({ size }) => size === 'not-listed'),
  ),
  mutant('portrait-as-square', 'E6', 'delivers 2:3 as a square', {
    job: (job) => (job.body['size'] === '2:3' ? { ...job, height: 1024 } : job),
  }),
  mutant(
    'no-landscape',
    'E6',
    'refuses 3:2',
    refuses(({ size }) => size === '3:2'),
  ),
  mutant(
    'any-quality',
    'E7',
    'accepts a quality that is not listed',
    accepts(({ quality }) => quality === 'not-listed'),
  ),
  mutant(
    'no-medium',
    'E7',
    'refuses quality medium',
    refuses(({ quality }) => quality === 'medium'),
  ),
  mutant(
    'seventeen-images',
    'E8',
    'accepts 17 references',
    accepts(({ image_urls: urls }) => isList(urls) && urls.length > 16),
  ),
  mutant(
    'no-images',
    'E8',
    'accepts an empty list of references',
    accepts(({ image_urls: urls }) => isList(urls) && urls.length === 0),
  ),
  mutant(
    'text-images',
    'E8',
    'accepts a text for a list of references',
    accepts(({ image_urls: urls }) => typeof urls === 'string'),
  ),
  mutant(
    'fifteen-images',
    'E8',
    'refuses 16 references',
    refuses(({ image_urls: urls }) => isList(urls) && urls.length > 15),
  ),
  mutant(
    'none-wanted',
    'E9',
    'accepts a count of 0',
    accepts(({ n }) => n === 0),
  ),
  mutant(
    'eleven-wanted',
    'E9',
    'accepts a count of 11',
    accepts(({ n }) => n === 11),
  ),
  mutant(
    'quoted-count',
    'E9',
    'accepts a count in quotes',
    accepts(({ n }) => n === '1'),
  ),
  mutant(
    'half-count',
    'E9',
    'accepts a count of 1.5',
    accepts(({ n }) => n === 1.5),
  ),
  mutant(
    'nine-at-most',
    'E9',
    'refuses a count of 10',
    refuses(({ n }) => n === 10),
  ),
  mutant('one-too-few', 'E9', 'delivers one image less than asked for', {
    job: (job) => ({ ...job, count: Math.max(1, job.count - 1) }),
  }),
  mutant('two-by-default', 'E9', 'delivers two images where no count is given', {
    job: (job) => (job.body['n'] === undefined ? { ...job, count: 2 } : job),
  }),
  mutant('progress-beyond', 'E10', 'tells a progress of 120', during(['running'], '/progress', 120)),
  mutant('progress-below', 'E10', 'tells a progress of -1', during(['queued'], '/progress', -1)),
  mutant('progress-share', 'E10', 'tells progress as a share of one', during(['running'], '/progress', 0.5)),
  mutant('progress-text', 'E10', 'writes progress as a text', during(['running'], '/progress', '50%')),
  mutant('progress-falls', 'E10', 'lets progress fall', {
    view: (body, _job, { phase, poll }) => (phase === 'running' ? put(body, '/progress', 90 - 10 * poll) : body),
  }),
  mutant('progress-stays-short', 'E10', 'ends at 99', during(['done'], '/progress', 99)),
  mutant('other-type', 'E11', 'calls its output a picture', during(working, '/type', 'picture')),
  mutant('results-objects', 'E12', 'delivers objects instead of addresses', {
    view: (body, _job, { phase }) =>
      phase === 'done'
        ? put(
            body,
            '/results',
            (get(body, '/results') as string[]).map((url) => ({ url })),
          )
        : body,
  }),
  mutant('no-results', 'E12', 'completes without results', during(['done'], '/results', undefined)),
  mutant('no-reason', 'E12', 'fails without an error', during(['failed'], '/error', undefined)),
  mutant(
    'other-error-type',
    'E12',
    'fails with another type of error',
    during(['failed'], '/error/type', 'server_error'),
  ),
  mutant(
    'cancellable-for-ever',
    'E12',
    'lets a finished task be cancelled',
    during(['done'], '/task_info/can_cancel', true),
  ),
  mutant('no-model-told', 'E12', 'leaves the model out while polled', during(working, '/model', undefined)),
  mutant('empty-failure-code', 'E15', 'fails with an empty code', during(['failed'], '/error/code', '')),
  mutant('unknown-task-is-403', 'E13', 'answers an unknown task with 403', {
    reply: (reply, { path }) => (reply.status === 404 && path.includes('tasks') ? { ...reply, status: 403 } : reply),
  }),
  mutant('own-unknown-code', 'E13', 'gives an unknown task a code of its own', refusal(404, '/error/code', 'gone')),
  mutant('flat-error', 'E14', 'puts errors at the top', {
    reply: (reply) => (reply.status === 400 ? rewrite(reply, (body) => body['error'] as typeof body) : reply),
  }),
  mutant('error-code-number', 'E14', 'writes the code of an error as a number', refusal(400, '/error/code', 400)),
  mutant('error-without-type', 'E14', 'leaves the type out of an error', refusal(400, '/error/type', undefined)),
  mutant('error-without-message', 'E14', 'gives an error no message', refusal(400, '/error/message', '')),
  mutant('other-key-code', 'E14', 'gives a wrong key another code', refusal(401, '/error/code', 'bad_key')),
  mutant('invalid-is-422', 'E14', 'answers a bad parameter with 422', {
    reply: (reply) => (reply.status === 400 ? { ...reply, status: 422 } : reply),
  }),
  mutant('serves-the-poor', 'E14', 'starts tasks without balance', {
    owner: (owner) => (owner === 'poor' ? 'test' : owner),
  }),
  mutant(
    'refuses-example',
    'H11',
    'refuses the request of its own page',
    refuses(({ prompt }) => String(prompt).startsWith('An evening sky')),
  ),
];
