import { drop, get, put, rewrite } from '../servers/kit.js';
import { apigoStreamMutants } from './apigo-stream-mutants.js';
import { accepts, type Mutant, mutant, refuses } from './mutant.js';
import { refusal } from './quirks.js';

type Quirk = Mutant['quirk'];

function told(place: string, value: unknown): Quirk {
  return {
    view: (body) =>
      value === undefined ? drop(body, place) : body[place.slice(1)] === undefined ? body : put(body, place, value),
  };
}

const unlisted = (field: string): Quirk => accepts((body) => body[field] === 'not-listed');
const isDall = (body: Readonly<Record<string, unknown>>) => String(body['model']).startsWith('dall-e');

export const apigoMutants: readonly Mutant[] = [
  mutant('no-created', 'P2', 'leaves created out', told('/created', undefined)),
  mutant('created-text', 'P2', 'writes created as a text', {
    view: (body) => put(body, '/created', String(body['created'])),
  }),
  mutant('created-in-ms', 'P2', 'counts created in milliseconds', {
    view: (body) => put(body, '/created', Number(body['created']) * 1000),
  }),
  mutant('no-data', 'P2', 'leaves data out', told('/data', undefined)),
  mutant('empty-data', 'H6', 'answers without a picture', { view: (body) => put(body, '/data', []) }),
  mutant('neither-form', 'P2', 'delivers entries without a picture', { view: (body) => put(body, '/data', [{}]) }),
  mutant('told-format', 'P2', 'tells another format than it delivers', told('/output_format', 'webp')),
  mutant('told-size', 'P2', 'tells another size than it delivers', told('/size', '1792x1024')),
  mutant(
    'told-background',
    'P2',
    'tells a transparent background of an opaque picture',
    told('/background', 'transparent'),
  ),
  mutant('told-quality', 'P2', 'tells another quality than was asked for', told('/quality', 'standard')),
  mutant('relative-url', 'P2', 'delivers addresses without a host', { url: (url) => new URL(url).pathname }),
  mutant('wrong-total', 'P3', 'tells a total that is no sum', {
    view: (body) => (body['usage'] === undefined ? body : put(body, '/usage/total_tokens', 1)),
  }),
  mutant('wrong-details', 'P3', 'tells details that do not add up', {
    view: (body) => (body['usage'] === undefined ? body : put(body, '/usage/input_tokens_details/text_tokens', 1)),
  }),
  mutant('token-text', 'P3', 'writes token counts as texts', {
    view: (body) => (body['usage'] === undefined ? body : put(body, '/usage/output_tokens', 'many')),
  }),
  mutant(
    'no-prompt',
    'P4',
    'accepts a request without a prompt',
    accepts(({ prompt }) => prompt === undefined),
  ),
  mutant('any-model', 'P4', 'accepts a model that it does not have', unlisted('model')),
  mutant(
    'model-needed',
    'P4',
    'refuses a request without a model',
    refuses((body) => body['model'] === undefined && Object.keys(body).length === 1),
  ),
  mutant(
    'none-wanted',
    'P5',
    'accepts a count of 0',
    accepts(({ n }) => n === 0),
  ),
  mutant(
    'eleven-wanted',
    'P5',
    'accepts a count of 11',
    accepts(({ n }) => n === 11),
  ),
  mutant(
    'nine-at-most',
    'P5',
    'refuses a count of 10',
    refuses(({ n }) => n === 10),
  ),
  mutant(
    'two-of-dall-e-3',
    'P5',
    'accepts two pictures of dall-e-3',
    accepts(({ n, model }) => model === 'dall-e-3' && n !== undefined),
  ),
  mutant('one-too-few', 'P5', 'delivers one picture less than asked for', {
    job: (job) => ({ ...job, count: Math.max(1, job.count - 1) }),
  }),
  mutant('two-by-default', 'P5', 'delivers two pictures where no count is given', {
    job: (job) => (job.body['n'] === undefined ? { ...job, count: 2 } : job),
  }),
  mutant('any-size', 'P6', 'accepts a size that is not listed', unlisted('size')),
  mutant('portrait-as-square', 'P6', 'delivers portrait as a square', {
    job: (job) => ({ ...job, height: Math.min(job.height, 1024) }),
  }),
  mutant(
    'small-gpt',
    'P6',
    'accepts small sizes with gpt-image-1',
    accepts((body) => !isDall(body) && ['256x256', '512x512'].includes(String(body['size']))),
  ),
  mutant('any-quality', 'P7', 'accepts a quality that is not listed', unlisted('quality')),
  mutant(
    'hd-gpt',
    'P7',
    'accepts hd with gpt-image-1',
    accepts((body) => !isDall(body) && ['hd', 'standard'].includes(String(body['quality']))),
  ),
  mutant('any-background', 'P8', 'accepts a background that is not listed', unlisted('background')),
  mutant('any-moderation', 'P8', 'accepts a moderation that is not listed', unlisted('moderation')),
  mutant('any-format', 'P8', 'accepts a format that is not listed', unlisted('output_format')),
  mutant(
    'quoted-stream',
    'P8',
    'accepts true in quotes',
    accepts(({ stream }) => stream === 'true'),
  ),
  mutant('always-png', 'P8', 'delivers png to who asks for webp or jpeg', {
    job: (job) => ({ ...job, format: 'png' }),
  }),
  mutant('opaque-cut-out', 'P8', 'delivers a transparent background opaque', {
    job: (job) => ({ ...job, alpha: false }),
  }),
  mutant('no-stream', 'P8', 'answers a request for a stream with JSON', {
    job: (job) => ({ ...job, body: { ...job.body, stream: false } }),
    problem: (problem, body) => {
      delete body['stream'];
      return problem;
    },
  }),
  mutant(
    'any-compression',
    'P9',
    'accepts a compression of 101',
    accepts((body) => body['output_compression'] === 101),
  ),
  mutant(
    'compression-needs-jpeg',
    'P9',
    'refuses a compression with png',
    refuses((body) => body['output_compression'] !== undefined && body['output_format'] === undefined),
  ),
  mutant('any-encoding', 'P10', 'accepts an encoding that is not listed', unlisted('response_format')),
  mutant(
    'refuses-encoding',
    'P10',
    'refuses response_format with gpt-image-1',
    refuses((body) => !isDall(body) && body['response_format'] !== undefined),
  ),
  mutant('any-style', 'P11', 'accepts a style that is not listed', unlisted('style')),
  mutant(
    'four-previews',
    'P12',
    'accepts four previews',
    accepts((body) => body['partial_images'] === 4),
  ),
  mutant('no-edits', 'P14', 'does not serve edits', {
    reply: (reply, { path }) =>
      path.endsWith('edits') && reply.status === 200
        ? {
            status: 404,
            body: {
              error: { message: 'No such path', type: 'invalid_request_error', code: 'unknown_url', param: null },
            },
          }
        : reply,
  }),
  mutant('flat-error', 'P15', 'puts errors at the top', {
    reply: (reply) => (reply.status >= 400 ? rewrite(reply, (body) => body['error'] as typeof body) : reply),
  }),
  mutant('error-without-type', 'P15', 'leaves the type out of an error', refusal(401, '/error/type', undefined)),
  mutant('error-without-message', 'P15', 'gives an error no message', refusal(400, '/error/message', '')),
  mutant('error-code-number', 'P15', 'writes the code of an error as a number', refusal(401, '/error/code', 401)),
  mutant('serves-the-poor', 'P15', 'delivers without credits', {
    owner: (owner) => (owner === 'poor' ? 'test' : owner),
  }),
  mutant('spoiled-base64', 'P16', 'delivers b64_json that is no picture', {
    view: (body) =>
      get(body, '/data/0/b64_json') === undefined ? body : put(body, '/data/0/b64_json', 'bm90aGluZw=='),
  }),
  mutant(
    'clear-jpeg',
    'P17',
    'accepts a transparent background with jpeg',
    accepts((body) => body['background'] === 'transparent'),
  ),
  mutant(
    'style-for-all',
    'P18',
    'accepts a style with gpt-image-1',
    accepts((body) => !isDall(body) && body['style'] !== undefined),
  ),
  mutant(
    'refuses-example',
    'H11',
    'refuses the request of its own page',
    refuses((body) => body['quality'] === 'high' && body['model'] === 'gpt-image-1' && body['size'] === '1024x1024'),
  ),
  ...apigoStreamMutants,
];
