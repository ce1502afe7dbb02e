/** The vendor whose answers are the bare task, written by hand from its pages. */
import { type Answer, type Body, isPrivate, letters, type PlainOptions, type Reply } from './kit.js';
import { type PollVendor, pollServer, type Refusal } from './poll-server.js';

const pixels: Readonly<Record<string, readonly [number, number]>> = {
  '1:1': [1024, 1024],
  '2:3': [1024, 1536],
  '3:2': [1536, 1024],
  '1024x1024': [1024, 1024],
  '1024x1536': [1024, 1536],
  '1536x1024': [1536, 1024],
};

const errors: Readonly<Record<Refusal, readonly [status: number, code: string, type: string]>> = {
  invalid: [400, 'invalid_request', 'invalid_request_error'],
  'no-id': [400, 'invalid_task_id', 'invalid_request_error'],
  'malformed-id': [400, 'invalid_task_id', 'invalid_request_error'],
  'unknown-task': [404, 'task_not_found', 'invalid_request_error'],
  key: [401, 'unauthorized', 'authentication_error'],
  poor: [402, 'insufficient_quota', 'insufficient_quota'],
  path: [404, 'not_found', 'invalid_request_error'],
  method: [405, 'method_not_allowed', 'invalid_request_error'],
  busy: [429, 'rate_limit_exceeded', 'rate_limit_error'],
  'key-reused': [409, 'conflict', 'invalid_request_error'],
};

function problemOf(body: Body): string | undefined {
  const { model, prompt, size, quality, n, image_urls, callback_url } = body;
  if (model !== 'gpt-image-1') return 'model must be gpt-image-1';
  if (typeof prompt !== 'string') return 'prompt is required';
  if ([...prompt].length > 2000) return 'prompt has more than 2000 characters';
  if (size !== undefined && !(typeof size === 'string' && Object.hasOwn(pixels, size))) return 'size is not supported';
  if (quality !== undefined && !['low', 'medium', 'high'].includes(quality as string))
    return 'quality is not supported';
  if (n !== undefined && !(Number.isInteger(n) && (n as number) >= 1 && (n as number) <= 10))
    return 'n must be 1 to 10';
  if (callback_url !== undefined && !(typeof callback_url === 'string' && /^https:/.test(callback_url)))
    return 'callback_url must be an https address';
  if (callback_url !== undefined && isPrivate(callback_url)) return 'callback_url leads into a private network';
  if (String(callback_url ?? '').length > 2048) return 'callback_url is too long';
  if (image_urls === undefined) return undefined;
  if (!Array.isArray(image_urls) || image_urls.length < 1 || image_urls.length > 16) return 'image_urls takes 1 to 16';
  if (!image_urls.every((url) => typeof url === 'string' && URL.canParse(url))) return 'image_urls holds no URL';
  const other = image_urls.find((url) => /\.(gif|bmp|tiff?|svg|avif|pdf)$/i.test(new URL(String(url)).pathname));
  return other === undefined ? undefined : 'image_urls holds a file of another kind';
}

const vendor: PollVendor = {
  name: 'evolink',
  submitPath: '/v1/images/generations',
  isPoll: (path) => /^\/v1\/tasks\/[^/]+$/.test(path),
  idOf: ({ path }) => safely(path.slice('/v1/tasks/'.length)),
  newId: (now) => `task-unified-${Math.floor(now / 1000)}-${letters(8)}`,
  refuse(kind, message, asked): Reply {
    const malformed = kind === 'unknown-task' && !vendor.idOf(asked)?.startsWith('task-unified-');
    const [status, code, type] = errors[malformed ? 'malformed-id' : kind];
    return { status, body: { error: { code, message, type } } };
  },
  problemOf,
  plan(body) {
    const [width, height] = pixels[String(body['size'])] ?? [1024, 1024];
    return { width, height, format: 'png', alpha: false, count: Number(body['n'] ?? 1) };
  },
  accepted: (job) => ({
    created: Math.floor(job.bornAt / 1000),
    id: job.id,
    model: 'gpt-image-1',
    object: 'image.generation.task',
    progress: 0,
    status: 'pending',
    task_info: { can_cancel: true, estimated_time: 45 },
    type: 'image',
    usage: { billing_rule: 'per_call', credits_reserved: 2.5, user_group: 'default' },
  }),
  view(job, phase, age, urls) {
    const share = (age - job.queuedMs) / job.runMs;
    const progress =
      phase === 'queued' ? 0 : phase === 'done' ? 100 : Math.max(1, Math.min(95, Math.floor(share * 100)));
    const words = { queued: 'pending', running: 'processing', done: 'completed', failed: 'failed' };
    const over = phase === 'done' || phase === 'failed';
    return {
      created: Math.floor(job.bornAt / 1000),
      id: job.id,
      model: 'gpt-image-1',
      object: 'image.generation.task',
      progress: phase === 'failed' ? 0 : progress,
      status: words[phase],
      ...(phase === 'done' ? { results: urls } : {}),
      task_info: over ? { can_cancel: false } : { can_cancel: true, estimated_time: 45 },
      type: 'image',
      ...(phase === 'failed'
        ? { error: { code: 'content_policy_violation', message: 'The prompt is not allowed', type: 'task_error' } }
        : {}),
    };
  },
  refusesPoor: true,
  priceOf: () => 2.5,
  beside: ({ left, spent }) => ({
    '/v1/credits': {
      data: {
        token: { remaining_credits: left - 500, unlimited_credits: false, used_credits: spent },
        user: { remaining_credits: left, used_credits: spent },
      },
      message: '',
      success: true,
    },
  }),
  calls: {
    field: 'callback_url',
    retries: [1_000, 2_000, 4_000],
    isFinal: (status) => status >= 200 && status < 300,
  },
};

/** An id as it was meant; a broken escape is some id that nobody has. */
function safely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function evolink(options: PlainOptions): Answer {
  return pollServer(vendor, options);
}
