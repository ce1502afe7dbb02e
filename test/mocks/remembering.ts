/** A vendor with uploads and idempotency keys, and what its clients do. */

import sharp from 'sharp';
import { expect } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createMock, createVirtualClock, type MockOptions } from '../../src/entry/mock.js';
import { call } from '../support/transports.js';

export const hour = 3_600_000;
export const key = 'sk-apimart-test';
export const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  .png()
  .toBuffer();

export function submitTo(base: string, idempotencyKey: string, prompt: string): Request {
  const request = call(base, 'apimart', '/v1/images/generations', { model: 'gpt-image-1-official', prompt });
  request.headers.set('idempotency-key', idempotencyKey);
  return request;
}

export function uploadTo(base: string, bytes: Uint8Array): Request {
  const body = new FormData();
  body.append('file', new File([new Uint8Array(bytes)], 'a.png', { type: 'image/png' }));
  return new Request(`${base}/v1/uploads/images`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  });
}

export const taskOf = async (response: Response) =>
  ((await response.json()) as { data: [{ task_id: string }] }).data[0].task_id;
export const urlOf = async (response: Response) => ((await response.json()) as { url: string }).url;

/** A vendor with uploads and idempotency keys, limited to four submits at once and one more in two seconds. */
export async function remembering(options: MockOptions = {}, namespace = '') {
  const clock = createVirtualClock();
  const mock = await createMock({
    vendors: ['apimart'],
    dialects: ['apimart=idempotency'],
    clock,
    apiKeys: [`${key}=1`],
    ...options,
  });
  const send = (request: Request) => {
    if (namespace !== '') request.headers.set('x-proofsheet-namespace', namespace);
    return toFetch(mock.engine)(request);
  };
  const base = 'http://127.0.0.1/apimart';
  return {
    ...mock,
    clock,
    submit: (idempotencyKey: string, prompt = 'A lake') => send(submitTo(base, idempotencyKey, prompt)),
    upload: async (bytes: Uint8Array = picture) => urlOf(await send(uploadTo(base, bytes))),
    /** As a browser would: by its address alone. */
    download: (url: string) => toFetch(mock.engine)(new Request(url)),
    poll: async (id: string) => (await send(call(base, 'apimart', `/v1/tasks/${id}`))).status,
    balance: async () => (await send(call(base, 'apimart', '/v1/balance'))).json(),
    control: async (method: string, path: string, body?: unknown) => {
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await send(new Request(`http://127.0.0.1/__proofsheet${path}`, { method, ...text }));
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, unknown>;
    },
  };
}
