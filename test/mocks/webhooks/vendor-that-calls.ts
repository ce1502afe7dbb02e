/** A vendor in virtual time and the receiver that it calls. */
import { toFetch } from '../../../mocks/adapters/fetch.js';
import { createMock, type MockOptions } from '../../../src/entry/mock.js';
import type { CallbackRequest } from '../../../src/platform/callback-sender.js';
import { createVirtualClock } from '../../../src/platform/virtual-clock.js';
import { call } from '../../support/transports.js';

export const submits: Record<string, { path: string; poll: (id: string) => string; field: string; body: object }> = {
  apimart: {
    path: '/v1/images/generations',
    poll: (id) => `/v1/tasks/${id}`,
    field: 'webhook',
    body: { model: 'gpt-image-1-official', prompt: 'A bell' },
  },
  gptimage15: {
    path: '/api/generate',
    poll: (id) => `/api/status?task_id=${id}`,
    field: 'callback_url',
    body: { prompt: 'A bell' },
  },
  evolink: {
    path: '/v1/images/generations',
    poll: (id) => `/v1/tasks/${id}`,
    field: 'callback_url',
    body: { model: 'gpt-image-1', prompt: 'A bell' },
  },
};

export interface Received extends CallbackRequest {
  /** Milliseconds since the start of the test. */
  readonly at: number;
}

/** A vendor in virtual time whose receiver answers with the given statuses in turn, then with 200. */
export async function vendorThatCalls(vendor: string, statuses: readonly number[] = [], options: MockOptions = {}) {
  const clock = createVirtualClock();
  const received: Received[] = [];
  const began = clock.now();
  const left = [...statuses];
  const { engine } = await createMock({
    vendors: [vendor],
    clock,
    callbackSender: async (request) => {
      received.push({ ...request, at: clock.now() - began });
      return { status: left.shift() ?? 200 };
    },
    ...options,
  });
  const send = toFetch(engine);
  const { path, poll, field, body } = submits[vendor] as (typeof submits)['evolink'] & object;
  return {
    clock,
    engine,
    received,
    began,
    async submit(url: string, more: object = {}) {
      const response = await send(call(`http://mock.test/${vendor}`, vendor, path, { ...body, [field]: url, ...more }));
      const answer = (await response.json()) as Record<string, never>;
      const data = answer['data'] as unknown as { task_id?: string } | { task_id: string }[] | undefined;
      const id = Array.isArray(data) ? data[0]?.task_id : (data?.task_id ?? answer['id']);
      return { status: response.status, answer, id: String(id) };
    },
    async poll(id: string) {
      return (await send(call(`http://mock.test/${vendor}`, vendor, poll(id)))).json();
    },
    /** Time passes without leaps: every moment at which something is due comes by itself. */
    async wait(ms: number) {
      const goal = clock.now() + ms;
      for (;;) {
        await engine.webhooks.settled();
        const next = engine.webhooks.nextDue();
        if (next === undefined || next > goal) break;
        clock.advance(next - clock.now());
      }
      clock.advance(goal - clock.now());
      await engine.webhooks.settled();
    },
    deliveries: () => engine.webhooks.deliveries(engine.namespaces.main.mocks()),
  };
}

export const hook = 'http://127.0.0.1:3000/hook';
