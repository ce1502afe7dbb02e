/** The part of a vendor that polls which is no promise of any page: keeping jobs, following them in time, serving files. */

import { type CallRules, callBack } from './calls.js';
import {
  type Answer,
  type Asked,
  type Body,
  bearer,
  type Job,
  type Kept,
  type Phase,
  type PlainOptions,
  type Reply,
  readObject,
  type Server,
  through,
} from './kit.js';
import { picture } from './pictures.js';
import { createPurse } from './purse.js';

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
  /** The header under which a submit can be repeated. */
  readonly keyHeader?: string;
  /** What a job costs when it succeeds. */
  priceOf(job: Job): number;
  /** What else can be asked for with GET, by path. */
  beside?(money: { readonly left: number; readonly spent: number }): Readonly<Record<string, Body>>;
  /** How receivers are called back. */
  readonly calls: CallRules;
}

export type Refusal =
  | 'invalid'
  | 'key-reused'
  | 'busy'
  | 'key'
  | 'poor'
  | 'unknown-task'
  | 'malformed-id'
  | 'no-id'
  | 'path'
  | 'method';

const jobMs = { queued: 80, running: 240 };

function phaseAt(job: Job, age: number): Phase {
  if (age < job.queuedMs) return 'queued';
  if (age < job.queuedMs + job.runMs) return 'running';
  return job.fails ? 'failed' : 'done';
}

export function pollServer(vendor: PollVendor, options: PlainOptions): Answer {
  const { now, pace = 1, retryPace = pace, quirk = {}, caller } = options;
  const owners = new Map(['test', 'other', 'poor'].map((name) => [`sk-${vendor.name}-${name}`, name]));
  const jobs = new Map<string, Job>();
  const polls = new Map<string, number>();
  const keptReplies = new Map<string, Kept>();
  const purse = createPurse();
  const lockedOut = new Set<string>();
  const server: Server = {
    replace: (job) => void jobs.set(job.id, job),
    take: (owner, charge) => purse.take({ owner, ...charge }),
    lockOut: (owner) => void lockedOut.add(owner),
  };

  const viewAt = (job: Job, phase: Phase, age: number, poll: number, asked: Asked): Body => {
    const urls = Array.from({ length: job.count }, (_, index) => {
      const file = `${asked.origin}/files/${job.width}x${job.height}/${job.id}-${index}.${job.format}`;
      return through(quirk.url, job.alpha ? `${file}?alpha=1` : file, job, poll);
    });
    return vendor.view(job, phase, age, urls);
  };

  /** What a receiver is told: what a poll would say. */
  const tell = (job: Job, asked: Asked): Body => {
    const age = now() - job.bornAt;
    const phase = phaseAt(job, age);
    const moment = { age, poll: 1, now: now(), asked, phase };
    return through(quirk.view, viewAt(job, phase, age, 1, asked), job, moment);
  };

  const submit = (owner: string, asked: Asked): Reply => {
    const type = asked.headers['content-type']?.split(';')[0];
    const body = type === 'application/json' ? readObject(asked.bytes) : undefined;
    if (body === undefined) return vendor.refuse('invalid', 'The body is not a JSON object', asked);
    // A receiver on this machine stands for one anywhere.
    const { field } = vendor.calls;
    const isCalled = caller !== undefined && String(body[field]).startsWith(caller.receiver);
    const { [field]: _, ...others } = body;
    const problem = through(quirk.problem, vendor.problemOf(isCalled ? others : body), body);
    if (problem !== undefined) return vendor.refuse('invalid', problem, asked);
    if (owner === 'poor' && vendor.refusesPoor) return vendor.refuse('poor', 'The balance is too small', asked);
    if (lockedOut.has(owner)) return vendor.refuse('busy', 'Too many tasks at once', asked);
    const fails =
      owner === 'poor' || through(quirk.moderated, String(body['prompt']).includes('policy violation'), body);
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
    const life = job.queuedMs + job.runMs;
    const price = { amount: vendor.priceOf(job), ...(job.fails ? { backAt: job.bornAt + life } : {}) };
    server.take(owner, through(quirk.charge, price, job));
    if (isCalled)
      void callBack(caller, vendor.calls, job, { untilEndMs: life, retryPace }, () => tell(job, asked), quirk);
    asked.onGone(() => quirk.hungUp?.(job, 'submit', server));
    return { status: 200, body: through(quirk.accepted, vendor.accepted(job), job) };
  };

  const submitOnce = (owner: string, asked: Asked): Reply => {
    const key = vendor.keyHeader === undefined ? undefined : asked.headers[vendor.keyHeader];
    if (key === undefined) return submit(owner, asked);
    const slot = `${owner} ${key}`;
    const text = Buffer.from(asked.bytes).toString();
    const kept = through(quirk.kept, keptReplies.get(slot), asked);
    if (kept !== undefined && kept.text !== text) return vendor.refuse('key-reused', 'The key was used before', asked);
    const reply = kept?.reply ?? submit(owner, asked);
    if (reply.status === 200) keptReplies.set(slot, { text, reply });
    return reply;
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
    asked.onGone(() => quirk.hungUp?.(job, 'poll', server));
    return {
      status: 200,
      body: through(quirk.view, viewAt(job, phase, moment.age, poll, asked), job, { ...moment, phase }),
    };
  };

  const api = (asked: Asked): Reply => {
    const isSubmit = asked.path === vendor.submitPath;
    const owner = through(quirk.owner, owners.get(bearer(asked) ?? ''), asked);
    const spent = purse.spent(owner ?? '', now());
    const beside = vendor.beside?.({ left: 900 - spent, spent: 100 + spent })[asked.path];
    if (!isSubmit && beside === undefined && !vendor.isPoll(asked.path))
      return through(quirk.unrouted, vendor.refuse('path', 'There is no such path', asked), asked);
    const method = isSubmit ? 'POST' : 'GET';
    if (asked.method !== method) {
      const reply = vendor.refuse('method', `Only ${method} is served here`, asked);
      return through(quirk.unrouted, { ...reply, headers: { ...reply.headers, allow: method } }, asked);
    }
    if (owner === undefined) return vendor.refuse('key', 'The key is missing or not known', asked);
    if (beside !== undefined) return { status: 200, body: beside };
    return isSubmit ? submitOnce(owner, asked) : ask(owner, asked);
  };

  return async (asked) => {
    const closed = quirk.gate?.(asked);
    if (closed !== undefined) return closed;
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
