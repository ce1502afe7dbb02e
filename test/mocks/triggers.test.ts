import { expect, test } from 'vitest';
import { outcomes } from '../../mocks/triggers/outcome.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call } from '../support/transports.js';

const base = 'http://mock.test/evolink';
const path = '/v1/images/generations';

async function ask({ prompt = 'A lake', key = 'sk-evolink-test', prefer = '' }) {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: ['evolink'] });
  const request = call(base, 'evolink', path, { model: 'gpt-image-1', prompt }, key);
  if (prefer !== '') request.headers.set('prefer', prefer);
  const response = await send(request);
  const body = (await response.json()) as { id?: string };
  if (body.id === undefined) return String(response.status);
  clock.advance(60_000);
  const polled = await send(call(base, 'evolink', `/v1/tasks/${body.id}`, undefined, key));
  return ((await polled.json()) as { status: string }).status;
}

/** What each outcome looks like at a vendor with tasks, a minute after the submit. */
const looks: Readonly<Record<string, string>> = {
  succeeded: 'completed',
  moderation: 'failed',
  failed: 'failed',
  slow: 'processing',
  stuck: 'processing',
  invalid: '400',
  unauthorized: '401',
  'payment-required': '402',
  forbidden: '403',
  'rate-limited': '429',
  'server-error': '500',
  'bad-gateway': '502',
};

test.each(outcomes.map(({ id }) => id))(
  'the outcome %s can be asked for by prompt, by key and by header',
  async (id) => {
    expect(await ask({ prompt: `A lake [outcome: ${id}]` })).toBe(looks[id]);
    expect(await ask({ key: `sk-evolink-${id}` })).toBe(looks[id]);
    expect(await ask({ prefer: `respond-async, outcome=${id}` })).toBe(looks[id]);
  },
);

test('an outcome that does not exist changes nothing', async () => {
  expect(await ask({ prompt: 'A lake [outcome: miracle]', prefer: 'outcome=miracle' })).toBe('completed');
  expect(await ask({ key: 'sk-evolink-miracle' })).toBe('401');
});
