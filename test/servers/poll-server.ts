/** The part of a vendor that polls which is no promise of any page: keeping jobs, following them in time, serving files. */
import {
  type Answer,
  type Asked,
  type Body,
  bearer,
  type Job,
  type Phase,
  type PlainOptions,
  type Reply,
  readObject,
  through,
} from './kit.js';
import { picture } from './pictures.js';

/** What a vendor's own file has to say. */
export interface PollVendor {
  readonly name: string;
  readonly submitPath: string;
  /** Whether a path asks for a task. */
  isPoll(path: string): boolean;
  /** The id of a poll; undefined where none was sent. */
  idOf(asked: Asked): string | undefined;
  newId(now: number): string;
  /** A refusal in the vendor's shape. */
  refuse(kind: Refusal, message: string, asked: Asked): Reply;
  /** What is wrong with a request. */
  problemOf(body: Body): string | undefined;
  /** What a right request will get. */
  plan(body: Body): Pick<Job, 'width' | 'height' | 'format' | 'alpha' | 'count'>;
  accepted(job: Job): Body;
  view(job: Job, phase: Phase, age: number, urls: readonly string[]): Body;
  /** Whether an account without balance is refused; else its jobs fail. */
  readonly refusesPoor: boolean;
  /** What else can be asked for with GET, by path. */
  readonly beside?: Readonly<Record<string, Body>>;
}

export type Refusal = 'invalid' | 'key' | 'poor' | 'unknown-task' | 'malformed-id' | 'no-id' | 'path' | 'method';

const jobMs = { queued: 80, running: 240 };

function phaseAt(job: Job, age: number): Phase {
  if (age < job.queuedMs) return 'queued';
  if (age < job.queuedMs + job.runMs) return 'running';
  return job.fails ? 'failed' : 'done';
}

export function pollServer(vendor: PollVendor, options: PlainOptions): Answer {
  const { now, pace = 1, quirk = {} } = options;
  const owners = new Map(['test', 'other', 'poor'].map((name) => [`sk-${vendor.name}-${name}`, name]));
  const jobs = new Map<string, Job>();
  const polls = new Map<string, number>();

  const submit = (owner: string, asked: Asked): Reply => {
    const type = asked.headers['content-type']?.split(';')[0];
    const body = type === 'application/json' ? readObject(asked.bytes) : undefined;
    if (body === undefined) return vendor.refuse('invalid', 'The body is not a JSON object', asked);
    const problem = through(quirk.problem, vendor.problemOf(body), body);
    if (problem !== undefined) return vendor.refuse('invalid', problem, asked);
    if (owner === 'poor' && vendor.refusesPoor) return vendor.refuse('poor', 'The balance is too small', asked);
    const fails = owner === 'poor' || String(body['prompt']).includes('policy violation');
    const job = through(quirk.job, {
      ...vendor.plan(body),
      id: vendor.newId(now()),
      owner,
      bornAt: now(),
      body,
      fails,
      queuedMs: jobMs.queued * pace,
      runMs: (fails ? jobMs.running / 2 : jobMs.running) * pace,
    });
    jobs.set(job.id, job);
    return { status: 200, body: through(quirk.accepted, vendor.accepted(job), job) };
  };

  const ask = (owner: string, asked: Asked): Reply => {
    const id = vendor.idOf(asked);
    if (id === undefined) return vendor.refuse('no-id', 'task_id is missing', asked);
    const poll = (polls.get(id) ?? 0) + 1;
    polls.set(id, poll);
    const anyone = jobs.get(id);
    const job = through(quirk.find, anyone?.owner === owner ? anyone : undefined, anyone, asked, poll);
    if (job === undefined) return vendor.refuse('unknown-task', 'There is no such task', asked);
    const moment = { age: now() - job.bornAt, poll, now: now(), asked };
    const phase = through(quirk.phase, phaseAt(job, moment.age), job, moment);
    const urls = Array.from({ length: job.count }, (_, index) => {
      const file = `${asked.origin}/files/${job.width}x${job.height}/${job.id}-${index}.${job.format}`;
      return through(quirk.url, job.alpha ? `${file}?alpha=1` : file, job, poll);
    });
    return {
      status: 200,
      body: through(quirk.view, vendor.view(job, phase, moment.age, urls), job, { ...moment, phase }),
    };
  };

  const api = (asked: Asked): Reply => {
    const isSubmit = asked.path === vendor.submitPath;
    const beside = vendor.beside?.[asked.path];
    if (!isSubmit && beside === undefined && !vendor.isPoll(asked.path))
      return through(quirk.unrouted, vendor.refuse('path', 'There is no such path', asked), asked);
    const method = isSubmit ? 'POST' : 'GET';
    if (asked.method !== method) {
      const reply = vendor.refuse('method', `Only ${method} is served here`, asked);
      return through(quirk.unrouted, { ...reply, headers: { ...reply.headers, allow: method } }, asked);
    }
    const owner = through(quirk.owner, owners.get(bearer(asked) ?? ''), asked);
    if (owner === undefined) return vendor.refuse('key', 'The key is missing or not known', asked);
    if (beside !== undefined) return { status: 200, body: beside };
    return isSubmit ? submit(owner, asked) : ask(owner, asked);
  };

  return async (asked) => {
    if (!asked.path.startsWith('/files/')) return through(quirk.reply, api(asked), asked);
    return through(quirk.file, await fileReply(asked), asked);
  };
}

/** Any picture of the form that our addresses name. */
export async function fileReply(asked: Asked): Promise<Reply> {
  const match = /^\/files\/(\d+)x(\d+)\/[\w-]*?(\d*)\.(png|jpeg|webp)$/.exec(asked.path);
  if (match === null) return { status: 404, body: { message: 'There is no such file' } };
  const [, width, height, index, format] = match as unknown as [
    string,
    string,
    string,
    string,
    'png' | 'jpeg' | 'webp',
  ];
  const raw = await picture(Number(width), Number(height), format, asked.query.has('alpha'), Number(index) % 100);
  return { status: 200, headers: { 'content-type': `image/${format}` }, raw };
}
