/** A mock in one or more dialects, and what is asked of it. */
import { expect } from 'vitest';
import { createMockFetch } from '../../../src/entry/mock.js';
import { createVirtualClock } from '../../../src/platform/virtual-clock.js';
import { call } from '../../support/transports.js';

export type Body = Record<string, unknown>;
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export async function mockOf(vendor: string, ...dialects: string[]) {
  const clock = createVirtualClock();
  const send = await createMockFetch({ vendors: [vendor], clock, dialects });
  const ask = async (path: string, body?: unknown, key?: string, headers: Record<string, string> = {}) => {
    const request = call(`http://mock.test/${vendor}`, vendor, path, body, key);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    const response = await clock.run(() => send(request));
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body,
    };
    return answer;
  };
  /** What the control API does, and what a poll tells then. */
  const end = async (path: string, id: string, outcome: string) => {
    const at = `http://127.0.0.1/__proofsheet/tasks/${vendor}/${id}/end`;
    expect((await send(new Request(at, { method: 'POST', body: JSON.stringify({ outcome }) }))).status).toBe(200);
    return ask(path + id);
  };
  return { clock, ask, end };
}

export const generations = '/v1/images/generations';
export const lake = { prompt: 'A lake' };
export const plain = { ...lake, model: 'gpt-image-1' };
export const data = ({ body }: Answer) => body['data'] as Body;
export const minute = 60_000;
