/** The vendor with the status endpoint, written by hand from its page. */
import { type Answer, type Body, letters, type PlainOptions, type Reply } from './kit.js';
import { type PollVendor, pollServer, type Refusal } from './poll-server.js';

const pixels: Readonly<Record<string, readonly [number, number]>> = {
  '1024*1024': [1024, 1024],
  '1024*1536': [1024, 1536],
  '1536*1024': [1536, 1024],
};

const codes: Readonly<Record<Refusal, number>> = {
  invalid: 400,
  'no-id': 400,
  key: 401,
  poor: 400,
  'unknown-task': 404,
  'malformed-id': 404,
  path: 404,
  method: 405,
  busy: 429,
  'key-reused': 409,
};

function refuse(kind: Refusal, message: string): Reply {
  const code = codes[kind];
  return { status: code, body: { code, message, data: null } };
}

function oneOf(body: Body, name: string, values: readonly string[]): string | undefined {
  const value = body[name];
  return value === undefined || values.includes(value as string) ? undefined : `Bad Request: '${name}' is not allowed.`;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}

function problemOf(body: Body): string | undefined {
  const { prompt, images, callback_url } = body;
  if (!isText(prompt) || prompt === '') return 'A prompt is needed';
  if ([...(prompt as string)].length > 2000) return "Bad Request: 'prompt' is longer than 2000 characters.";
  if (images !== undefined && !(Array.isArray(images) && images.every(isAddress)))
    return "Bad Request: 'images' is no list of addresses.";
  if (callback_url !== undefined && !isAddress(callback_url)) return "Bad Request: 'callback_url' is no address.";
  return (
    oneOf(body, 'size', Object.keys(pixels)) ??
    oneOf(body, 'quality', ['low', 'medium', 'high']) ??
    oneOf(body, 'input_fidelity', ['low', 'high'])
  );
}

const vendor: PollVendor = {
  name: 'gptimage15',
  submitPath: '/api/generate',
  isPoll: (path) => path === '/api/status',
  idOf: ({ query }) => query.get('task_id') || undefined,
  newId: () => `n36${letters(15)}gptimg`,
  refuse,
  problemOf,
  plan(body) {
    const [width, height] = pixels[String(body['size'])] ?? [1024, 1024];
    return { width, height, format: 'png', alpha: false, count: 1 };
  },
  accepted: ({ id }) => ({ code: 200, data: { task_id: id, status: 'IN_PROGRESS' } }),
  view(job, phase, _age, urls) {
    const created_at = new Date(job.bornAt).toISOString();
    const task_id = job.id;
    if (phase === 'done') return { code: 200, data: { task_id, status: 'SUCCESS', response: urls } };
    if (phase !== 'failed')
      return { code: 200, data: { task_id, status: 'IN_PROGRESS', consumed_credits: 10, created_at } };
    const error_message = 'The prompt goes against the rules';
    const ended = { consumed_credits: 0, error_message, created_at, request: job.body, response: null };
    return { code: 200, message: 'success', data: { task_id, status: 'FAILED', ...ended } };
  },
  refusesPoor: false,
  priceOf: () => 10,
  calls: { field: 'callback_url', retries: [], isFinal: () => true },
};

export function gptimage15(options: PlainOptions): Answer {
  return pollServer(vendor, options);
}
