import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { startThread } from '../../src/platform/thread.js';

const tells = new URL(
  `data:text/javascript,${encodeURIComponent(
    "import { parentPort, workerData } from 'node:worker_threads';" +
      'parentPort.postMessage({ data: workerData, environment: { ...process.env } });',
  )}`,
);

test('a thread gets its data, and of the environment only what connections need', async () => {
  vi.stubEnv('PROOFSHEET_APIGO_API_KEY', 'sk-secret');
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '1');
  const [told] = await once(startThread(tells, { share: 2 }), 'message');
  expect(told).toEqual({ data: { share: 2 }, environment: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } });
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', undefined);
  const [again] = await once(startThread(tells, { share: 1 }), 'message');
  expect(again).toEqual({ data: { share: 1 }, environment: {} });
  vi.unstubAllEnvs();
});
