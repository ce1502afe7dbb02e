/** One task from submit to download, as the recorder tells it. */
import type { Exchange } from '../../src/core/exchange.js';

export const START = Date.UTC(2026, 2, 1, 10, 0, 0);
export const base = 'http://127.0.0.1:4010/acme';

export function exchange(number: number, method: string, path: string, body: string, more: Partial<Exchange> = {}) {
  const startedAt = START + number * 50;
  const made: Exchange = {
    id: `x${number}`,
    probe: 'text-to-image',
    operation: method === 'POST' ? 'submitTask' : 'getTask',
    request: { method, url: `${base}${path}`, headers: { authorization: 'Bearer <key>' } },
    answer: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
      bytes: new TextEncoder().encode(body).length,
    },
    startedAt,
    finishedAt: startedAt + 12,
    ...more,
  };
  return made;
}

export const task = (status: string, extra = {}) => JSON.stringify({ id: 'task-7f3a', status, ...extra });
export const imageUrl = `${base}/files/task-7f3a-0.png`;

export const exchanges: readonly Exchange[] = [
  exchange(1, 'POST', '/v1/images/tasks', task('pending')),
  exchange(2, 'GET', '/v1/images/tasks/task-7f3a', task('pending')),
  exchange(3, 'GET', '/v1/images/tasks/task-7f3a', task('processing', { progress: 40 })),
  exchange(4, 'GET', '/v1/images/tasks/task-7f3a', task('processing', { progress: 80 })),
  exchange(5, 'GET', '/v1/images/tasks/task-7f3a', task('completed', { progress: 100, data: [{ url: imageUrl }] })),
  {
    id: 'x6',
    probe: 'text-to-image',
    request: { method: 'GET', url: imageUrl, headers: {} },
    answer: {
      status: 200,
      headers: { 'content-type': 'image/png' },
      bytes: 20_480,
      sha256: '9f86d081884c7d65',
      image: { format: 'png', width: 1024, height: 1024, alphaChannel: false, complete: true },
    },
    startedAt: START + 300,
    finishedAt: START + 340,
  },
];
