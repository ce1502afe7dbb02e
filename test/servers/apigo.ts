/** The vendor that answers at once, or in events, written by hand from its page. */
import { editProblemOf, problemOf } from './apigo-rules.js';
import {
  type Answer,
  type Asked,
  type Body,
  bearer,
  type Job,
  letters,
  type PlainOptions,
  type Quirk,
  type Reply,
  readObject,
  type Server,
  through,
} from './kit.js';
import { picture } from './pictures.js';
import { fileReply } from './poll-server.js';

/** What interferes with an event stream: all its events, before they are written. */
export interface StreamQuirk extends Quirk {
  events?(events: readonly StreamEvent[]): readonly StreamEvent[];
  /** The whole text of a stream. */
  text?(text: string): string;
  /** Pictures stand in the answer, whatever was asked. */
  readonly inline?: boolean;
}

export interface StreamEvent {
  readonly event: string;
  readonly data: Body;
}

function refuse(status: number, code: string, message: string, type = 'invalid_request_error'): Reply {
  return { status, body: { error: { message, type, code, param: null } } };
}

const truth: Readonly<Record<string, boolean>> = { 'stream true': true, 'stream false': false };

/** The fields of a form as the JSON that they would have been; files stand in it by name. */
async function readForm({ bytes, headers }: Asked): Promise<Body | undefined> {
  try {
    const type = headers['content-type'] ?? '';
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const whole = ['n', 'output_compression', 'partial_images'];
    const body: Body = {};
    for (const [name, value] of form) {
      if (typeof value === 'string')
        body[name] = whole.includes(name) ? Number(value) : (truth[`${name} ${value}`] ?? value);
      else {
        const field = name.replace('[]', '');
        body[field] = body[field] === undefined ? value.name : [body[field], value.name].flat();
      }
    }
    return body;
  } catch {
    return undefined;
  }
}

function usageOf(job: Job): Body {
  const text_tokens = 8 + String(job.body['prompt']).length;
  const image_tokens = job.body['image'] === undefined ? 0 : 64;
  const output_tokens = 272 * job.count;
  const input_tokens = text_tokens + image_tokens;
  return {
    input_tokens,
    input_tokens_details: { image_tokens, text_tokens },
    output_tokens,
    total_tokens: input_tokens + output_tokens,
  };
}

function told(job: Job): Body {
  const { body } = job;
  return {
    background: body['background'] ?? 'auto',
    output_format: job.format,
    quality: body['quality'] ?? 'auto',
    size: `${job.width}x${job.height}`,
  };
}

async function base64(job: Job, index = 0): Promise<string> {
  return Buffer.from(await picture(job.width, job.height, job.format, job.alpha, index)).toString('base64');
}

async function eventsOf(job: Job, family: string): Promise<StreamEvent[]> {
  const created_at = Math.floor(job.bornAt / 1000);
  const shown = { b64_json: await base64(job), created_at, ...told(job) };
  const partials = Array.from({ length: Number(job.body['partial_images'] ?? 0) }, (_, index) => {
    const event = `${family}.partial_image`;
    return { event, data: { type: event, ...shown, partial_image_index: index } };
  });
  const event = `${family}.completed`;
  return [...partials, { event, data: { type: event, ...shown, usage: usageOf(job) } }];
}

function planOf(owner: string, body: Body, now: number): Job {
  const model = body['model'] ?? 'gpt-image-1';
  const [width = 1024, height = 1024] = String(body['size'] ?? '1024x1024')
    .replace('auto', '1024x1024')
    .split('x')
    .map(Number);
  const format = (body['output_format'] ?? 'png') as Job['format'];
  const alpha = body['background'] === 'transparent';
  const job = { owner, body, width, height, format, alpha, count: Number(body['n'] ?? 1), bornAt: now };
  return { ...job, id: `${String(model).length}${letters(12)}`, fails: false, queuedMs: 0, runMs: 0 };
}

async function pictures(job: Job, asked: Asked, quirk: StreamQuirk): Promise<Body[]> {
  const isDall = String(job.body['model']).startsWith('dall-e');
  const inline = quirk.inline ?? (isDall && job.body['response_format'] === 'b64_json');
  return Promise.all(
    Array.from({ length: job.count }, async (_, index): Promise<Body> => {
      if (inline) return { b64_json: await base64(job, index) };
      const url = `${asked.origin}/files/${job.width}x${job.height}/${job.id}-${index}.${job.format}`;
      return { url: through(quirk.url, job.alpha ? `${url}?alpha=1` : url, job, 1) };
    }),
  );
}

export function apigo(options: PlainOptions & { readonly quirk?: StreamQuirk }): Answer {
  const { now } = options;
  const quirk: StreamQuirk = options.quirk ?? {};
  const owners = new Map(['test', 'other', 'poor'].map((name) => [`sk-apigo-${name}`, name]));
  const lockedOut = new Set<string>();
  // There are no tasks that could be changed, and no balance that could be read.
  const server: Server = {
    replace: () => undefined,
    take: () => undefined,
    lockOut: (owner) => void lockedOut.add(owner),
  };
  const families: Readonly<Record<string, string>> = {
    '/v1/images/generations': 'image_generation',
    '/v1/images/edits': 'image_edit',
  };

  const submit = async (owner: string, asked: Asked, family: string): Promise<Reply> => {
    const type = asked.headers['content-type']?.split(';')[0];
    const isEdit = family === 'image_edit';
    if (type !== (isEdit ? 'multipart/form-data' : 'application/json'))
      return refuse(415, 'unsupported_media_type', 'This content type is not taken here');
    const body = isEdit ? await readForm(asked) : readObject(asked.bytes);
    if (body === undefined) return refuse(400, 'invalid_value', 'The body cannot be read');
    const own = isEdit ? editProblemOf(body) : undefined;
    const problem = through(quirk.problem, own ?? problemOf(body), body);
    if (problem !== undefined) return refuse(400, 'invalid_value', problem);
    if (owner === 'poor') return refuse(402, 'insufficient_quota', 'No credits are left', 'insufficient_quota');
    if (through(quirk.moderated, String(body['prompt']).includes('policy violation'), body))
      return refuse(400, 'content_policy_violation', 'The prompt is not allowed');
    if (lockedOut.has(owner))
      return refuse(429, 'rate_limit_exceeded', 'Too many requests at once', 'rate_limit_error');
    const job = through(quirk.job, planOf(owner, body, now()));
    asked.onGone(() => quirk.hungUp?.(job, 'submit', server));
    if (body['stream'] === true) {
      const events = through(quirk.events, await eventsOf(job, family));
      const text = events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
      return { status: 200, headers: { 'content-type': 'text/event-stream' }, raw: through(quirk.text, text) };
    }
    const isGpt = !String(body['model']).startsWith('dall-e');
    const answer = {
      created: Math.floor(job.bornAt / 1000),
      ...(isGpt ? told(job) : {}),
      data: await pictures(job, asked, quirk),
      ...(isGpt ? { usage: usageOf(job) } : {}),
    };
    return {
      status: 200,
      body: through(quirk.view, answer, job, { phase: 'done', age: 0, poll: 1, now: now(), asked }),
    };
  };

  const api = async (asked: Asked): Promise<Reply> => {
    const family = families[asked.path];
    if (family === undefined)
      return through(quirk.unrouted, refuse(404, 'unknown_url', 'There is no such path'), asked);
    if (asked.method !== 'POST') {
      const reply = { ...refuse(405, 'method_not_allowed', 'Only POST is served here'), headers: { allow: 'POST' } };
      return through(quirk.unrouted, reply, asked);
    }
    const owner = through(quirk.owner, owners.get(bearer(asked) ?? ''), asked);
    if (owner === undefined) return refuse(401, 'invalid_api_key', 'The key is missing or not known');
    return submit(owner, asked, family);
  };

  return async (asked) => {
    const closed = quirk.gate?.(asked);
    if (closed !== undefined) return closed;
    if (asked.path.startsWith('/files/')) return through(quirk.file, await fileReply(asked), asked);
    const reply = await api(asked);
    const id = asked.headers['x-request-id'] ?? letters(16);
    return through(quirk.reply, { ...reply, headers: { ...reply.headers, 'x-request-id': id } }, asked);
  };
}
