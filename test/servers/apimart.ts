/** The vendor that wraps answers in lists and bends numbers, written by hand from its pages. */
import { type Answer, type Body, isPrivate, letters, type PlainOptions, type Reply } from './kit.js';
import { type PollVendor, pollServer, type Refusal } from './poll-server.js';

const pixels: Readonly<Record<string, readonly [number, number]>> = {
  '1:1': [1024, 1024],
  '3:2': [1536, 1024],
  '2:3': [1024, 1536],
};

const errors: Readonly<Record<Refusal, readonly [status: number, type: string, code?: string]>> = {
  invalid: [400, 'invalid_request_error'],
  'no-id': [400, 'invalid_request_error'],
  'malformed-id': [400, 'invalid_request_error'],
  'unknown-task': [400, 'invalid_request_error'],
  key: [401, 'authentication_error'],
  poor: [402, 'payment_required'],
  path: [404, 'invalid_request_error'],
  method: [405, 'invalid_request_error'],
  busy: [429, 'rate_limit_error'],
  'key-reused': [409, 'invalid_request_error', 'idempotency_key_reused'],
};

function refuse(kind: Refusal, message: string): Reply {
  const [status, type, code = status] = errors[kind];
  return { status, body: { error: { code, message, type } } };
}

const lists: Readonly<Record<string, readonly string[]>> = {
  model: ['gpt-image-1-official', 'gpt-image-1.5-official'],
  size: Object.keys(pixels),
  quality: ['auto', 'low', 'medium', 'high'],
  background: ['auto', 'opaque', 'transparent'],
  moderation: ['auto', 'low'],
  output_format: ['png', 'jpeg'],
};

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}

function problemOf(body: Body): string | undefined {
  const { prompt, n, output_compression, image_urls, mask_url, webhook } = body;
  if (body['model'] === undefined) return 'model is required';
  if (typeof prompt !== 'string') return 'prompt is required';
  for (const [name, values] of Object.entries(lists))
    if (body[name] !== undefined && !values.includes(body[name] as string)) return `${name} is not supported`;
  if (n !== undefined && !Number.isInteger(n)) return 'n must be a whole number without quotes';
  const level = output_compression === undefined ? 0 : output_compression;
  if (!Number.isInteger(level) || (level as number) < 0 || (level as number) > 100)
    return 'output_compression: 0 to 100';
  if (image_urls !== undefined && !(Array.isArray(image_urls) && image_urls.every(isAddress)))
    return 'image_urls is no list of addresses';
  if (((image_urls as unknown[] | undefined)?.length ?? 0) > 15) return 'image_urls takes at most 15';
  if (webhook !== undefined && (!isAddress(webhook) || isPrivate(webhook))) return 'webhook is no public address';
  if (mask_url !== undefined && !isAddress(mask_url)) return 'mask_url is no address';
  if (mask_url !== undefined && image_urls === undefined) return 'mask_url needs image_urls';
  return body['background'] === 'transparent' && body['output_format'] === 'jpeg'
    ? 'a transparent background needs png'
    : undefined;
}

const vendor: PollVendor = {
  name: 'apimart',
  submitPath: '/v1/images/generations',
  isPoll: (path) => /^\/v1\/tasks\/[^/]+$/.test(path),
  idOf: ({ path }) => path.slice('/v1/tasks/'.length),
  newId: () => `task_01K${letters(22, '0123456789ABCDEFGHJKMNPQRSTVWXYZ')}`,
  refuse,
  problemOf,
  plan(body) {
    const [width, height] = pixels[String(body['size'] ?? '1:1')] ?? [1024, 1024];
    const format = body['output_format'] === 'jpeg' ? 'jpeg' : 'png';
    const count = Math.min(4, Math.max(1, Number(body['n'] ?? 1)));
    return { width, height, format, alpha: body['background'] === 'transparent', count };
  },
  accepted: ({ id }) => ({ code: 200, data: [{ status: 'submitted', task_id: id }] }),
  view(job, phase, age, urls) {
    const created = Math.floor(job.bornAt / 1000);
    const base = { id: job.id, created, estimated_time: 30 };
    if (phase === 'queued') return { code: 200, data: { ...base, status: 'pending', progress: 0 } };
    if (phase === 'running') {
      const progress = Math.max(1, Math.min(99, Math.floor((100 * (age - job.queuedMs)) / job.runMs)));
      return { code: 200, data: { ...base, status: 'processing', progress } };
    }
    if (phase === 'failed') {
      const error = { code: 'task_failed', message: 'The prompt was refused', type: 'task_failed' };
      return { code: 200, data: { ...base, status: 'failed', progress: 40, error, cost: 0 } };
    }
    const completed = Math.floor((job.bornAt + job.queuedMs + job.runMs) / 1000);
    const images = urls.map((url) => ({ url: [url], expires_at: completed + 86_400 }));
    const ended = { completed, actual_time: Math.max(1, completed - created), result: { images }, cost: priceOf(job) };
    return { code: 200, data: { ...base, status: 'completed', progress: 100, ...ended } };
  },
  refusesPoor: true,
  // Only other pages than the vendor's own know it; whoever sends no key meets nothing of it.
  keyHeader: 'idempotency-key',
  priceOf,
  beside({ left, spent }) {
    const balance = { success: true, remain_balance: left, used_balance: spent, unlimited_quota: false };
    return {
      '/v1/balance': balance,
      '/v1/user/balance': balance,
      '/v1/models': { object: 'list', data: [{ id: 'gpt-image-1-official', object: 'model' }] },
    };
  },
  calls: {
    field: 'webhook',
    suffix: '/callback',
    retries: [10_000, 30_000, 60_000],
    isFinal: (status) => status >= 200 && status < 500,
  },
};

/** US dollars by size and quality, for each picture; the amounts are made up. */
export function priceOf({
  body,
  width,
  height,
  count,
}: {
  body: Body;
  width: number;
  height: number;
  count: number;
}): number {
  const level = { low: 0.012, medium: 0.04, high: 0.16 }[String(body['quality'])] ?? 0.04;
  return Math.round(level * (width * height > 1024 * 1024 ? 1.5 : 1) * count * 1000) / 1000;
}

export function apimart(options: PlainOptions): Answer {
  return pollServer(vendor, options);
}
