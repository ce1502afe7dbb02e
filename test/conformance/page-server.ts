/** A small server written by hand from one vendor's page, without the contract: a second opinion on the runner. */
import type { Clock } from '../../src/platform/clock.js';
import { type Wire, type WireAnswer, WireError, type WireRequest } from '../../src/platform/wire.js';

interface PageTask {
  readonly id: string;
  readonly owner: string;
  readonly createdAt: number;
  readonly request: Readonly<Record<string, unknown>>;
  polls: number;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The ways in which a test lets the server misbehave. */
export interface Twist {
  account?(key: string | undefined): string | undefined;
  refusal?(problem: string | undefined, body: Readonly<Record<string, unknown>>): string | undefined;
  unknown?(reply: Reply): Reply;
  view?(data: Record<string, unknown>, task: PageTask): Record<string, unknown>;
  file?(bytes: Uint8Array): WireAnswer;
  reply?(reply: Reply, request: WireRequest): Reply;
}

const keys: Readonly<Record<string, string>> = { 'sk-first': 'first', 'sk-second': 'second' };
const sizes = ['1024*1024', '1024*1536', '1536*1024'];
const fail = (code: number, message: string): Reply => ({ status: code, body: { code, message, data: null } });
const isText = (value: unknown): value is string => typeof value === 'string';
const isAddress = (value: unknown) => isText(value) && URL.canParse(value);

function problemOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const { prompt, size, quality, input_fidelity, images, callback_url } = body;
  if (!isText(prompt)) return "'prompt' is required";
  if ([...prompt].length > 2000) return "'prompt' is too long";
  if (size !== undefined && !sizes.includes(size as string)) return "'size' is not allowed";
  if (quality !== undefined && !['low', 'medium', 'high'].includes(quality as string))
    return "'quality' is not allowed";
  if (input_fidelity !== undefined && !['low', 'high'].includes(input_fidelity as string)) return "'input_fidelity'";
  if (images !== undefined && !(Array.isArray(images) && images.every(isAddress))) return "'images' is not a list";
  return callback_url === undefined || isAddress(callback_url) ? undefined : "'callback_url' is not a URL";
}

function viewOf(task: PageTask, age: number): Record<string, unknown> {
  const created_at = new Date(task.createdAt).toISOString();
  const fails = String(task.request['prompt']).includes('policy violation');
  if (age < 200 || (age < 400 && !fails))
    return { task_id: task.id, status: age < 100 ? 'PENDING' : 'IN_PROGRESS', consumed_credits: 10, created_at };
  if (fails) {
    const ended = { consumed_credits: 0, error_message: 'Refused', created_at, request: task.request, response: null };
    return { task_id: task.id, status: 'FAILED', ...ended };
  }
  const size = String(task.request['size'] ?? '1024*1024').replace('*', 'x');
  return { task_id: task.id, status: 'SUCCESS', response: [`http://127.0.0.1:9/files/${size}.png`] };
}

/** `pictures` are PNG files by size, such as `1024x1536`. */
export function pageServer(clock: Clock, pictures: ReadonlyMap<string, Uint8Array>, twist: Twist = {}): Wire {
  const tasks = new Map<string, PageTask>();

  const submit = (owner: string, request: WireRequest): Reply => {
    let body: Record<string, unknown>;
    try {
      body = JSON.parse(String(request.body ?? ''));
      if (Array.isArray(body)) throw new TypeError('not an object');
    } catch {
      return fail(400, 'The body is no JSON object');
    }
    const problem = twist.refusal === undefined ? problemOf(body) : twist.refusal(problemOf(body), body);
    if (problem !== undefined) return fail(400, problem);
    // Equal in every run, and yet no row of numbers.
    const id = `n36${(BigInt(tasks.size + 1) * 48_271_130_927n).toString(36).padStart(12, '0')}gptimg`;
    tasks.set(id, { id, owner, createdAt: clock.now(), request: body, polls: 0 });
    return { status: 200, body: { code: 200, data: { task_id: id, status: 'IN_PROGRESS' } } };
  };

  const poll = (owner: string, id: string | null): Reply => {
    const task = id === null ? undefined : tasks.get(id);
    const unknown = fail(id === null ? 400 : 404, 'There is no such task');
    if (task === undefined || task.owner !== owner) return twist.unknown?.(unknown) ?? unknown;
    task.polls += 1;
    const data = viewOf(task, clock.now() - task.createdAt);
    const message = data['status'] === 'FAILED' ? { message: 'success' } : {};
    return { status: 200, body: { code: 200, ...message, data: twist.view?.(data, task) ?? data } };
  };

  const route = (request: WireRequest, url: URL): Reply => {
    const path = `${request.method} ${url.pathname}`;
    if (path !== 'POST /api/generate' && path !== 'GET /api/status') {
      const known = ['/api/generate', '/api/status'].includes(url.pathname);
      return known ? fail(405, 'Not this method') : fail(404, 'Not found');
    }
    const key = /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    const owner = twist.account === undefined ? keys[key ?? ''] : twist.account(key);
    if (owner === undefined) return fail(401, 'Missing or invalid key');
    return request.method === 'POST' ? submit(owner, request) : poll(owner, url.searchParams.get('task_id'));
  };

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/files/')) {
      const bytes = pictures.get(url.pathname.slice('/files/'.length, -'.png'.length)) ?? new Uint8Array();
      const file = { status: 200, headers: { 'content-type': 'image/png' }, body: bytes, truncated: false };
      return twist.file?.(bytes) ?? file;
    }
    const reply = twist.reply?.(route(request, url), request) ?? route(request, url);
    if (request.hangUp !== undefined) throw new WireError('hung-up', 'closed by us on purpose');
    const allow = { '/api/generate': 'POST', '/api/status': 'GET' }[url.pathname];
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(reply.status === 405 && allow !== undefined ? { allow } : {}),
    };
    return { status: reply.status, headers, body: Buffer.from(JSON.stringify(reply.body)), truncated: false };
  };
}
