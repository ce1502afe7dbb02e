/** A vendor in a few lines that behaves as the gptimage15 page says, for tests of those who talk to it. */
import { fileURLToPath } from 'node:url';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import type { Clock } from '../../src/platform/clock.js';
import type { LoadTransport } from '../../src/platform/http-pool.js';
import type { Transport } from '../../src/platform/transport.js';

export const KEY = 'sk-test-secret-0001';
export const BASE = 'http://127.0.0.1:4010';

export function contractOf(vendor: string): Promise<Contract> {
  return loadContract(fileURLToPath(new URL(`../../specs/${vendor}/openapi.yaml`, import.meta.url)));
}

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | null;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export interface FakeVendorOptions {
  readonly clock: Clock;
  /** How long the n-th task takes, from 1. */
  readonly durationMs?: (task: number) => number;
  /** The n-th task fails. */
  readonly fails?: (task: number) => boolean;
  /** Answers the n-th submit or poll of the run in another way; throwing means that no answer comes. */
  readonly onSubmit?: (count: number) => FakeAnswer | undefined | Promise<FakeAnswer>;
  readonly onPoll?: (count: number, task: number) => FakeAnswer | undefined | Promise<FakeAnswer>;
}

const error = (code: number, message: string): FakeAnswer => ({ status: code, body: { code, message, data: null } });

export const PICTURE = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);

export function createFakeVendor({ clock, durationMs, fails, onSubmit, onPoll }: FakeVendorOptions) {
  const tasks: { readonly readyAt: number; readonly createdAt: string; readonly request: unknown }[] = [];
  const requests: FakeRequest[] = [];
  const counts = { submits: 0, polls: 0, downloads: 0 };

  const submit = (body: string): FakeAnswer => {
    const request = JSON.parse(body) as { prompt?: string };
    if (typeof request.prompt !== 'string') return error(400, "'prompt' is required");
    const now = clock.now();
    const readyAt = now + (durationMs?.(tasks.length + 1) ?? 12_000);
    tasks.push({ readyAt, createdAt: new Date(now).toISOString(), request });
    return { status: 200, body: { code: 200, data: { task_id: `n36t${tasks.length}gptimg`, status: 'IN_PROGRESS' } } };
  };

  const poll = (id: string): FakeAnswer => {
    const number = Number(/^n36t(\d+)gptimg$/.exec(id)?.[1] ?? 0);
    const task = tasks[number - 1];
    if (task === undefined) return error(404, 'no such job');
    const common = { task_id: id, created_at: task.createdAt };
    if (clock.now() < task.readyAt)
      return { status: 200, body: { code: 200, data: { ...common, status: 'IN_PROGRESS', consumed_credits: 10 } } };
    const headers = { 'x-proofsheet-ready-at': String(task.readyAt) };
    const data = fails?.(number)
      ? {
          status: 'FAILED',
          consumed_credits: 0,
          error_message: 'Content policy',
          request: task.request,
          response: null,
        }
      : { status: 'SUCCESS', response: [`${BASE}/files/${number}.png`] };
    const body = { code: 200, ...(fails?.(number) ? { message: 'success' } : {}), data: { ...common, ...data } };
    return { status: 200, headers, body };
  };

  const answer = async (request: FakeRequest): Promise<FakeAnswer> => {
    requests.push(request);
    if (request.url.pathname.startsWith('/files/')) {
      counts.downloads += 1;
      return { status: 200, body: PICTURE };
    }
    if (request.url.pathname === '/api/generate') {
      counts.submits += 1;
      const special = await onSubmit?.(counts.submits);
      if (special !== undefined) return special;
    }
    const id = request.url.searchParams.get('task_id') ?? '';
    if (request.url.pathname === '/api/status') {
      counts.polls += 1;
      const special = await onPoll?.(counts.polls, Number(/\d+(?=gptimg)/.exec(id)?.[0] ?? 0));
      if (special !== undefined) return special;
    }
    if (request.authorization !== `Bearer ${KEY}`) return error(401, `the key ${request.authorization} is unknown`);
    if (request.method === 'POST' && request.url.pathname === '/api/generate') return submit(request.body);
    if (request.method === 'GET' && request.url.pathname === '/api/status') return poll(id);
    return error(404, 'nothing here');
  };

  const transport: Transport = async (request) => {
    const { status, body, headers } = await answer({
      method: request.method,
      url: new URL(request.url),
      authorization: request.headers.get('authorization'),
      body: await request.text(),
    });
    const content = body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(content as string, { status, headers: headers ?? {} });
  };

  const loadTransport: LoadTransport = async ({ method, url, headers, body }) => {
    const authorization = headers['authorization'] ?? null;
    const given = await answer({ method, url: new URL(url), authorization, body: body ?? '' });
    return {
      status: given.status,
      headers: given.headers ?? {},
      body: typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
    };
  };

  return { transport, loadTransport, answer, counts, requests };
}
